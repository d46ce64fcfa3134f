namespace Authdog.Identity.Users.Import;

/// <summary>What an import gave: all of the file, or nothing.</summary>
/// <param name="Users">Users that were made, or would be.</param>
/// <param name="Mistakes">Everything that is wrong; with one, nothing was written.</param>
public sealed record ImportResult(int Users, IReadOnlyList<ImportMistake> Mistakes);
