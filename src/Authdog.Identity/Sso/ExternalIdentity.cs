namespace Authdog.Identity.Sso;

/// <summary>An identity elsewhere as the directory keeps it.</summary>
/// <param name="Provider">Key of the connection or social provider.</param>
/// <param name="Issuer">Who answered.</param>
/// <param name="Subject">The person there.</param>
/// <param name="Name">What people call the provider.</param>
/// <param name="Account">What the person calls the account there: its address or name, as the provider gave it, and no proof of anything; null when it gave none.</param>
internal sealed record ExternalIdentity(string Provider, string Issuer, string Subject, string Name, string? Account)
{
    /// <summary>What makes it one identity within its provider. An issuer has no blank (it is a URI): no two pairs give one key (B10).</summary>
    public string Key => $"{Issuer} {Subject}";
}
