namespace Authdog.Identity.Users.Import;

/// <summary>One entry of a file, as it stands there.</summary>
/// <param name="Line">Line from 1.</param>
/// <param name="Fields">Values by name; several where the format can say several.</param>
/// <param name="Problem">Why it cannot be read; null when it can.</param>
internal sealed record ImportRow(int Line, IReadOnlyDictionary<string, string[]> Fields, string? Problem = null)
{
    private static readonly Dictionary<string, string[]> s_none = [];

    public static ImportRow Unreadable(int line, string problem) => new(line, s_none, problem);
}
