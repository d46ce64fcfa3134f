using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Xml;
using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Signatures;
using Authdog.Protocols.Saml.Xml;

namespace Authdog.Protocols.Saml.Metadata;

/// <summary>Reads metadata of an identity provider from a file, a paste or an answer of its server.</summary>
public static class IdentityProviderMetadataReader
{
    /// <summary>Largest document: 2 MiB. Whole federations are larger; one entity of them is not.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    private const int MaxNamesListed = 5;

    /// <summary>Reads text that somebody pasted.</summary>
    public static IdentityProviderMetadataResult Read(string text, IdentityProviderMetadataOptions options, DateTimeOffset now) =>
        Read(Encoding.UTF8.GetBytes(WithoutDeclaration(text)), options, now);

    /// <summary>Reads the bytes of a file or an answer: UTF-8, or UTF-16 with its mark, as Windows writes it.</summary>
    public static IdentityProviderMetadataResult Read(ReadOnlySpan<byte> bytes, IdentityProviderMetadataOptions options, DateTimeOffset now)
    {
        if (bytes.Length > MaxBytes)
        {
            return Refuse(new(SamlErrorCode.TooLarge, $"The metadata is larger than {MaxBytes / 1024 / 1024} MiB. Give the metadata of the one identity provider, not of a whole federation."));
        }

        if (bytes.StartsWith(Encoding.Unicode.Preamble) || bytes.StartsWith(Encoding.BigEndianUnicode.Preamble))
        {
            var encoding = bytes[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode;
            return Read(encoding.GetString(bytes[2..]), options, now);
        }

        if (!new StrictXmlReader(MaxBytes).TryRead(bytes, out var root, out var error) || !TryVerify(ref root, options, out error))
        {
            return Refuse(error);
        }

        if (Find(root, options.EntityId, out error) is not { } entity)
        {
            return Refuse(error!);
        }

        // The document's own end and the entity's both bind.
        DateTimeOffset[] ends = [.. new[] { root, entity }.Select(element => SamlInstant.Parse(element.Attribute("validUntil"))).OfType<DateTimeOffset>()];
        DateTimeOffset? validUntil = ends.Length > 0 ? ends.Min() : null;
        return validUntil <= now
            ? Refuse(new(SamlErrorCode.MetadataExpired, $"The metadata was valid until {SamlInstant.Format(validUntil.Value)}. Get a fresh copy from the identity provider."))
            : EntityReader.Read(entity, options.AllowHttp, now, validUntil, CacheDuration(entity) ?? CacheDuration(root));
    }

    // What is read afterwards is what was signed.
    private static bool TryVerify([NotNullWhen(true)] ref Element? root, IdentityProviderMetadataOptions options, [NotNullWhen(false)] out SamlError? error)
    {
        error = null;
        if (options.Pins.Count == 0)
        {
            return root is not null;
        }

        if (root!.Count(XmlNames.Signature, "Signature") == 0)
        {
            error = new(SamlErrorCode.SignatureMissing, "The metadata is not signed, and a certificate for its signature is set.");
            return false;
        }

        if (!XmlSignatureVerifier.TryVerify(root, options.Pins, out var verified, out error))
        {
            return false;
        }

        root = verified.Root;
        return true;
    }

    private static Element? Find(Element root, string? entityId, out SamlError? error)
    {
        error = null;
        if (!root.Is(XmlNames.Metadata, "EntityDescriptor") && !root.Is(XmlNames.Metadata, "EntitiesDescriptor"))
        {
            error = new(SamlErrorCode.MetadataShape, $"This is {SamlError.Quote(root.LocalName)}, not SAML 2.0 metadata (EntityDescriptor).");
            return null;
        }

        Element[] entities = [.. root.Descendants().Prepend(root).Where(element => element.Is(XmlNames.Metadata, "EntityDescriptor") && element.Attribute("entityID") is { Length: > 0 })];
        Element[] providers = [.. entities.Where(element => element.Count(XmlNames.Metadata, "IDPSSODescriptor") > 0)];
        if (entityId is not null)
        {
            providers = [.. providers.Where(element => element.Attribute("entityID") == entityId)];
        }

        if (providers is [var provider])
        {
            return provider;
        }

        var names = string.Join(", ", providers.Take(MaxNamesListed).Select(element => element.Attribute("entityID")));
        error = (providers.Length, entityId, entities.Length) switch
        {
            (0, not null, _) => new(SamlErrorCode.MetadataEntityMissing, $"The metadata describes no identity provider {SamlError.Quote(entityId)}."),
            (0, null, > 0) => new(SamlErrorCode.MetadataShape, "The metadata describes a service provider, not an identity provider. It may be our own; give that of the identity provider."),
            (0, _, _) => new(SamlErrorCode.MetadataShape, "The metadata describes no entity."),
            (_, not null, _) => new(SamlErrorCode.MetadataEntityAmbiguous, $"The metadata describes {SamlError.Quote(entityId)} more than once."),
            _ => new(SamlErrorCode.MetadataEntityAmbiguous, $"The metadata describes {providers.Length} identity providers; choose one by its entity id: {SamlError.Quote(names)}."),
        };
        return null;
    }

    private static TimeSpan? CacheDuration(Element element)
    {
        try
        {
            return element.Attribute("cacheDuration") is { Length: < 64 } text ? XmlConvert.ToTimeSpan(text) : null;
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            return null;
        }
    }

    // Pasted text has lost its bytes; what its declaration says of them is no longer true.
    private static string WithoutDeclaration(string text)
    {
        text = text.Trim('\uFEFF', ' ', '\t', '\r', '\n');
        return text.StartsWith("<?xml ", StringComparison.Ordinal) && text.IndexOf("?>", StringComparison.Ordinal) is > 0 and var end ? text[(end + 2)..] : text;
    }

    private static IdentityProviderMetadataResult.Refused Refuse(SamlError error) => new([error]);
}
