using System.Globalization;

namespace Authdog.Identity.Admission;

/// <summary>A place in the line, and where it leads.</summary>
/// <param name="Number">The number.</param>
/// <param name="Back">Local address to go on to once it is let in.</param>
internal sealed record Ticket(long Number, string Back)
{
    public string Format() => string.Create(CultureInfo.InvariantCulture, $"{Number}\n{Back}");

    public static Ticket? Parse(string text) =>
        text.Split('\n') is [var number, ['/', ..] back] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? new Ticket(parsed, back) : null;
}
