using System.Globalization;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary>
/// <c>time</c>: the clock on the wall of a time zone, from inclusive to exclusive. A window over midnight belongs to the day
/// on which it begins.
/// </summary>
internal sealed class TimeCriterion(TimeZoneInfo zone, bool[] days, TimeSpan from, TimeSpan to) : Criterion
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    public override string Keyword => "time";

    public override string Wanted
    {
        get
        {
            string[] named = [.. Enumerable.Range(1, 7).Select(day => (DayOfWeek)(day % 7)).Where(day => days[(int)day]).Select(day => CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedDayNames[(int)day].ToLowerInvariant())];
            var dayWords = named.Length == 7 ? "" : $" on {string.Join(", ", named)}";
            return from == TimeSpan.Zero && to == TimeSpan.FromDays(1)
                ? $"any time{dayWords} ({zone.Id})"
                : $"{Clock(from)}-{Clock(to)}{dayWords} ({zone.Id})";
        }
    }

    public override Cost Cost => Cost.Search;

    public override string Seen(in AccessRequest request) =>
        TimeZoneInfo.ConvertTime(request.Now, zone).ToString("ddd HH:mm", CultureInfo.InvariantCulture);

    public override Verdict Judge(in AccessRequest request, AbsentPerson absent) => Holds(request.Now) ? Verdict.Hit : Verdict.Miss;

    public override Change? Suppose(in AccessRequest request, bool hit)
    {
        // To the minute, and no further than a week: windows repeat.
        var minute = new DateTimeOffset(request.Now.Ticks - (request.Now.Ticks % TimeSpan.TicksPerMinute), request.Now.Offset);
        for (var moment = minute + Step; moment <= minute + TimeSpan.FromDays(8); moment += Step)
        {
            if (Holds(moment) == hit)
            {
                var local = TimeZoneInfo.ConvertTime(moment, zone);
                return new Change(request with { Now = moment }, $"waiting until {local.ToString("ddd HH:mm", CultureInfo.InvariantCulture)} ({zone.Id})", Weights.Circumstance);
            }
        }

        return null;
    }

    /// <summary>Whether there is a minute of the week that lies in both windows; of two time zones nothing is known.</summary>
    public bool Meets(TimeCriterion other)
    {
        if (!zone.HasSameRules(other.Zone))
        {
            return true;
        }

        for (var day = 0; day < 7; day++)
        {
            for (var minute = 0; minute < 24 * 60; minute++)
            {
                var clock = TimeSpan.FromMinutes(minute);
                if (Holds(day, clock) && other.Holds(day, clock))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private TimeZoneInfo Zone => zone;

    private static string Clock(TimeSpan time) => $"{(int)time.TotalHours:00}:{time.Minutes:00}";

    private bool Holds(DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone);
        return Holds((int)local.DayOfWeek, local.TimeOfDay);
    }

    private bool Holds(int day, TimeSpan clock) => from < to
        ? days[day] && clock >= from && clock < to
        : (days[day] && clock >= from) || (days[(day + 6) % 7] && clock < to);
}
