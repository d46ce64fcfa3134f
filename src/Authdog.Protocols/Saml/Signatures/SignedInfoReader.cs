using System.Diagnostics.CodeAnalysis;
using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Keys;
using Authdog.Protocols.Saml.Xml;

namespace Authdog.Protocols.Saml.Signatures;

/// <summary>Reads <c>SignedInfo</c> by the strict profile: what is not listed here is refused.</summary>
internal static class SignedInfoReader
{
    private const string Enveloped = XmlNames.Signature + "enveloped-signature";
    private const int MaxDigestBytes = 64;
    private const int MaxPrefixes = 32;

    /// <summary>How <c>SignedInfo</c> itself is canonicalized and signed.</summary>
    public static bool TryReadMethods(
        Element signedInfo,
        [NotNullWhen(true)] out SignatureAlgorithm? algorithm,
        [NotNullWhen(true)] out IReadOnlyCollection<string>? prefixes,
        [NotNullWhen(false)] out SamlError? error)
    {
        (algorithm, prefixes, error) = (null, null, null);
        if (signedInfo.One(XmlNames.Signature, "CanonicalizationMethod") is not { } canonicalization
            || signedInfo.One(XmlNames.Signature, "SignatureMethod") is not { } method
            || signedInfo.One(XmlNames.Signature, "Reference") is null
            || signedInfo.Elements.Count() != 3)
        {
            error = new(SamlErrorCode.SignatureShape, "SignedInfo is not one CanonicalizationMethod, one SignatureMethod and one Reference.");
            return false;
        }

        if (canonicalization.Attribute("Algorithm") != XmlNames.ExclusiveCanonicalization || !TryReadPrefixes(canonicalization, out prefixes))
        {
            error = new(SamlErrorCode.SignatureAlgorithm, $"The canonicalization {SamlError.Quote(canonicalization.Attribute("Algorithm"))} is not allowed; set exclusive canonicalization without comments at the identity provider.");
            return false;
        }

        algorithm = SignatureAlgorithm.Find(method.Attribute("Algorithm"));
        if (algorithm is null || method.Elements.Any())
        {
            error = new(SamlErrorCode.SignatureAlgorithm, $"The signature algorithm {SamlError.Quote(method.Attribute("Algorithm"))} is not allowed; set RSA or ECDSA with SHA-256 or stronger at the identity provider.");
            algorithm = null;
            return false;
        }

        return true;
    }

    /// <summary>What is signed.</summary>
    public static bool TryReadReference(Element signedInfo, [NotNullWhen(true)] out SignedReference? reference, [NotNullWhen(false)] out SamlError? error)
    {
        (reference, error) = (null, null);
        if (signedInfo.One(XmlNames.Signature, "Reference") is not { } element
            || element.One(XmlNames.Signature, "Transforms") is not { } transforms
            || element.One(XmlNames.Signature, "DigestMethod") is not { } method
            || element.One(XmlNames.Signature, "DigestValue") is not { } value
            || element.Elements.Count() != 3
            || value.Elements.Any()
            || !Base64.TryDecode(value.Content, MaxDigestBytes, out var digest))
        {
            error = new(SamlErrorCode.SignatureShape, "The signature's Reference is not Transforms, DigestMethod and DigestValue.");
            return false;
        }

        Element[] steps = [.. transforms.Elements];
        if (steps is not [var first, var second]
            || steps.Any(step => !step.Is(XmlNames.Signature, "Transform"))
            || first.Attribute("Algorithm") != Enveloped
            || first.Elements.Any()
            || second.Attribute("Algorithm") != XmlNames.ExclusiveCanonicalization
            || !TryReadPrefixes(second, out var prefixes))
        {
            error = new(SamlErrorCode.SignatureTransforms, $"The signature's transforms are {SamlError.Quote(string.Join(", ", steps.Select(step => step.Attribute("Algorithm"))))}; only enveloped-signature followed by exclusive canonicalization is accepted.");
            return false;
        }

        if (method.Elements.Any() || method.Attribute("Algorithm") is not { } algorithm || DigestAlgorithm.Compute(algorithm, []) is null)
        {
            error = new(SamlErrorCode.SignatureAlgorithm, $"The digest {SamlError.Quote(method.Attribute("Algorithm"))} is not allowed; set SHA-256 or stronger at the identity provider.");
            return false;
        }

        reference = new(element.Attribute("URI") ?? string.Empty, prefixes, algorithm, digest);
        return true;
    }

    // <ec:InclusiveNamespaces PrefixList="xs #default"/>, the only parameter of exclusive canonicalization.
    private static bool TryReadPrefixes(Element method, [NotNullWhen(true)] out IReadOnlyCollection<string>? prefixes)
    {
        prefixes = [];
        if (!method.Elements.Any())
        {
            return true;
        }

        if (method.One(XmlNames.ExclusiveCanonicalization, "InclusiveNamespaces") is not { } list || method.Elements.Count() != 1)
        {
            return false;
        }

        prefixes = [.. (list.Attribute("PrefixList") ?? string.Empty)
            .Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(prefix => prefix == "#default" ? string.Empty : prefix)
            .Distinct(StringComparer.Ordinal)];
        return prefixes.Count <= MaxPrefixes;
    }
}
