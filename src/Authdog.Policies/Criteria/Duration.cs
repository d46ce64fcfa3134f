using System.Globalization;
using System.Text;

namespace Authdog.Policies.Criteria;

/// <summary>Lengths of time as policies write them: <c>30s</c>, <c>15m</c>, <c>1h30m</c>, <c>7d</c>.</summary>
public static class Duration
{
    // Largest first, each at most once; the longest sensible age is bounded so that no sum can overflow.
    private static readonly (char Unit, long Seconds)[] Units = [('d', 86400), ('h', 3600), ('m', 60), ('s', 1)];
    private const long LongestSeconds = 3650L * 86400;

    /// <summary>Reads a duration of at least a second and at most ten years.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        ArgumentNullException.ThrowIfNull(text);
        duration = default;
        long total = 0;
        var unit = 0;
        var position = 0;
        while (position < text.Length)
        {
            var start = position;
            while (position < text.Length && char.IsAsciiDigit(text[position]))
            {
                position++;
            }

            if (position == start || position - start > 9 || position == text.Length)
            {
                return false;
            }

            while (unit < Units.Length && Units[unit].Unit != text[position])
            {
                unit++;
            }

            if (unit == Units.Length)
            {
                return false;
            }

            total += long.Parse(text.AsSpan(start, position - start), NumberStyles.None, CultureInfo.InvariantCulture) * Units[unit].Seconds;
            unit++;
            position++;
        }

        if (total is < 1 or > LongestSeconds)
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(total);
        return true;
    }

    /// <summary>Writes a duration as <see cref="TryParse"/> reads it, in whole seconds.</summary>
    public static string Format(TimeSpan duration)
    {
        var seconds = Math.Abs((long)duration.TotalSeconds);
        if (seconds == 0)
        {
            return "0s";
        }

        var text = new StringBuilder(duration < TimeSpan.Zero ? "-" : "");
        foreach (var (unit, length) in Units)
        {
            if (seconds / length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{seconds / length}{unit}");
            }

            seconds %= length;
        }

        return text.ToString();
    }
}
