namespace Authdog.Identity.Users.Import;

/// <summary>Something that is wrong with a file of users.</summary>
/// <param name="Line">Line from 1.</param>
/// <param name="Problem">What is wrong, and the cure.</param>
public sealed record ImportMistake(int Line, string Problem);
