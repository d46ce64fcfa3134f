namespace Authdog.Identity.Challenges;

/// <summary>A form that waits for its challenge.</summary>
/// <param name="Tenant">Tenant where it was sent (I10).</param>
/// <param name="Path">Where it was sent.</param>
/// <param name="Client">Who sent it.</param>
/// <param name="Demand">What is asked for it: an easier challenge got elsewhere does not do.</param>
/// <param name="Fields">What it says.</param>
/// <param name="ExpiresAt">Until when it is worth something.</param>
internal sealed record KeptForm(string Tenant, string Path, string Client, ChallengeDemand Demand, Dictionary<string, string[]> Fields, DateTimeOffset ExpiresAt);
