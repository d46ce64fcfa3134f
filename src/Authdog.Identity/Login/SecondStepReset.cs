namespace Authdog.Identity.Login;

/// <summary>A second step that is to be removed because it is lost.</summary>
/// <param name="User">Whose it is.</param>
/// <param name="Id">Random, so that links of an earlier one are over.</param>
/// <param name="ReleaseAt">From when on it can be finished.</param>
internal sealed record SecondStepReset(Guid User, string Id, DateTimeOffset ReleaseAt);
