namespace Authdog.TestKit.Saml;

/// <summary>Where a browser came out: at the service provider, with what it brings, or on a page of the identity provider.</summary>
/// <param name="Url">The address.</param>
/// <param name="Fields">Fields of the form, when it was posted there.</param>
/// <param name="Page">The page, when the browser stayed at the identity provider.</param>
public sealed record SamlArrival(Uri Url, IReadOnlyList<KeyValuePair<string, string>>? Fields, string? Page);
