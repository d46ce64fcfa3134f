using System.Buffers.Text;
using System.Security.Cryptography;

namespace Authdog.Identity.Sso.Domains;

/// <summary>What has to stand in the DNS of a domain to prove that it is a tenant's: a TXT record of its own name, so that it is found among no others and can be delegated by CNAME.</summary>
public static class DomainChallenge
{
    private const string Label = "_authdog-challenge.";
    private const string Prefix = "authdog-domain-verification=";

    /// <summary>Name of the record.</summary>
    public static string NameOf(string domain) => Label + domain;

    /// <summary>Its text.</summary>
    public static string TextOf(string token) => Prefix + token;

    /// <summary>A token for one tenant and domain: 192 random bits. No secret, since it stands in public; random, so that nobody can have a record for it already.</summary>
    internal static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));

    /// <summary>Whether a text is the one. Some providers keep the quotation marks and blanks that were typed around it.</summary>
    internal static bool IsMet(IEnumerable<string> texts, string token) => texts.Any(text => text.Trim(' ', '"') == TextOf(token));
}
