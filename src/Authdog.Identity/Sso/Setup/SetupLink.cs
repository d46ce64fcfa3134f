namespace Authdog.Identity.Sso.Setup;

/// <summary>An open set-up link as administrators see it: the link itself is shown to nobody again.</summary>
/// <param name="Connection">Name of the connection that it sets up.</param>
/// <param name="ExpiresAt">Until when it works.</param>
/// <param name="Provider">Product that its holder has chosen; null until then.</param>
/// <param name="Domain">Domain that its holder has given; null until then.</param>
/// <param name="Tested">Whether its holder has tried a sign-in through.</param>
public sealed record SetupLink(string Connection, DateTimeOffset ExpiresAt, string? Provider, string? Domain, bool Tested);
