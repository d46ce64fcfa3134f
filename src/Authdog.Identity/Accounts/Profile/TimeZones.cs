using System.Collections.Immutable;

namespace Authdog.Identity.Accounts.Profile;

/// <summary>Time zones to choose from, by IANA name: those that this machine knows.</summary>
internal static class TimeZones
{
    /// <summary>All, ordered.</summary>
    public static ImmutableSortedSet<string> All { get; } =
        [.. TimeZoneInfo.GetSystemTimeZones().Where(zone => zone.HasIanaId && (zone.Id.Contains('/', StringComparison.Ordinal) || zone.Id == "UTC") && !zone.Id.StartsWith("Etc/", StringComparison.Ordinal)).Select(zone => zone.Id)];

    /// <summary>Whether it is one of them.</summary>
    public static bool Contains(string name) => All.Contains(name);
}
