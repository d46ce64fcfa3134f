namespace Authdog.Identity.Passkeys;

/// <summary>Whose passkeys a page may use (WebAuthn Level 3, "Relying Party").</summary>
/// <param name="Id">RP ID: the domain that they belong to.</param>
/// <param name="Name">Name that people read.</param>
/// <param name="Origin">Origin of the page: the one that its answers must come from.</param>
internal sealed record RelyingParty(string Id, string Name, string Origin)
{
    /// <summary>Whether pages of a host can use an RP ID without being related: it is the host or a parent domain of it.</summary>
    public static bool Covers(string id, string host) =>
        string.Equals(host, id, StringComparison.OrdinalIgnoreCase)
        || (host.Length > id.Length && host.EndsWith(id, StringComparison.OrdinalIgnoreCase) && host[host.Length - id.Length - 1] == '.');
}
