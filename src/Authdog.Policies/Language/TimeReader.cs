using System.Globalization;
using Authdog.Policies.Criteria;

namespace Authdog.Policies.Language;

/// <summary>Reads the criterion <c>time</c>.</summary>
internal static class TimeReader
{
    private static readonly string[] s_days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    public static Criterion? Read(YamlMap map, RuleContext context)
    {
        var errors = context.Errors;
        var zone = Expect.RequiredValue(map, "zone", "time", errors) is { } name ? Zone(name, errors) : null;
        var days = map["days"] is { } node ? Days(node, errors) : [.. Enumerable.Repeat(true, s_days.Length)];
        var from = map["from"] is { } begin ? Clock(begin, "from", errors) : TimeSpan.Zero;
        var to = map["to"] is { } end ? Clock(end, "to", errors) : TimeSpan.FromDays(1);
        if (from is null || to is null || zone is null || days is null)
        {
            return null;
        }

        if (from == to)
        {
            errors.Add(ErrorCodes.BadTime, map.Place, "The window is empty", null, "Let from and to differ; for whole days leave both out");
            return null;
        }

        return new TimeCriterion(zone, days, from.Value, to.Value);
    }

    private static TimeZoneInfo? Zone(YamlScalar name, ErrorList errors)
    {
        // Names of Windows are found too, and mean something else on each system.
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name.Text, out var zone) && zone.HasIanaId)
        {
            return zone;
        }

        errors.Add(ErrorCodes.BadTimeZone, name.Place, "There is no such time zone", name.Text, "Write a name like Europe/Berlin or UTC; if it is right, install the system's time zone data (tzdata)");
        return null;
    }

    private static bool[]? Days(YamlNode node, ErrorList errors)
    {
        if (Expect.Values(node, "days", errors) is not { } values)
        {
            return null;
        }

        var days = new bool[s_days.Length];
        foreach (var value in values)
        {
            var ends = value.Text.Split('-');
            var (first, last) = (Array.IndexOf(s_days, ends[0]), Array.IndexOf(s_days, ends[^1]));
            if (ends.Length > 2 || first < 0 || last < 0)
            {
                errors.Add(ErrorCodes.BadTime, value.Place, "This is no day", value.Text, "Write mon, tue, wed, thu, fri, sat or sun, or a range like mon-fri");
                return null;
            }

            for (var day = first; ; day = (day + 1) % days.Length)
            {
                days[day] = true;
                if (day == last)
                {
                    break;
                }
            }
        }

        return days;
    }

    private static TimeSpan? Clock(YamlNode node, string key, ErrorList errors)
    {
        if (Expect.Value(node, key, errors) is not { } value)
        {
            return null;
        }

        if (value.Text == "24:00")
        {
            return TimeSpan.FromDays(1);
        }

        if (TimeOnly.TryParseExact(value.Text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time.ToTimeSpan();
        }

        errors.Add(ErrorCodes.BadTime, value.Place, "This is no time of day", value.Text, "Write hours and minutes like 09:00; the end of the day is 24:00");
        return null;
    }
}
