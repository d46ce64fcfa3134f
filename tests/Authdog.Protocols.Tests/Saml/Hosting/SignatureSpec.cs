using System.Security.Cryptography.X509Certificates;

namespace Authdog.Protocols.Tests.Saml.Hosting;

/// <summary>How an identity provider signs: as it should by default, one thing otherwise in a test.</summary>
internal sealed record SignatureSpec
{
    public const string ExclusiveC14n = "http://www.w3.org/2001/10/xml-exc-c14n#";
    public const string RsaSha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    public const string Sha256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    private const string Enveloped = "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>";

    public X509Certificate2 Key { get; init; } = TestKeys.Idp;

    public string Method { get; init; } = RsaSha256;

    /// <summary>What stands inside <c>SignatureMethod</c>.</summary>
    public string MethodContent { get; init; } = string.Empty;

    public string Digest { get; init; } = Sha256;

    public string Canonicalization { get; init; } = ExclusiveC14n;

    /// <summary>Prefixes that both canonicalizations treat inclusively.</summary>
    public string? PrefixList { get; init; }

    /// <summary>The transforms as XML; the digest is always that of the right ones.</summary>
    public string? Transforms { get; init; }

    /// <summary>The reference, when it is not to the signed element.</summary>
    public string? ReferenceUri { get; init; }

    /// <summary>References after the right one.</summary>
    public string MoreReferences { get; init; } = string.Empty;

    /// <summary>The <c>KeyInfo</c> as XML.</summary>
    public string KeyInfo { get; init; } = string.Empty;

    /// <summary>What follows <c>KeyInfo</c>.</summary>
    public string Object { get; init; } = string.Empty;

    /// <summary>Whether Base64 is broken into lines.</summary>
    public bool WrapLines { get; init; }

    /// <summary>Makes a comment in the middle of the digest, or the like.</summary>
    public Func<string, string> TamperDigestValue { get; init; } = static value => value;

    public string Inclusive => PrefixList is null ? string.Empty : $"<ec:InclusiveNamespaces xmlns:ec=\"{ExclusiveC14n}\" PrefixList=\"{PrefixList}\"/>";

    public string TransformsXml => Transforms ?? $"{Enveloped}<ds:Transform Algorithm=\"{ExclusiveC14n}\">{Inclusive}</ds:Transform>";
}
