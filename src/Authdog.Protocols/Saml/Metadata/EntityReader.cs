using Authdog.Protocols.Saml.Bindings;
using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Keys;
using Authdog.Protocols.Saml.Parties;
using Authdog.Protocols.Saml.Xml;

namespace Authdog.Protocols.Saml.Metadata;

/// <summary>Reads the identity provider of one <c>EntityDescriptor</c> (SAML metadata, section 2.4.3).</summary>
internal static class EntityReader
{
    private const int MaxCertificates = 16;
    private const int MaxEndpoints = 32;
    private const int MaxLocationLength = 2048;

    /// <summary>Reads it. A certificate or address that cannot be used is a warning as long as another one can.</summary>
    public static IdentityProviderMetadataResult Read(Element entity, bool allowHttp, DateTimeOffset now, DateTimeOffset? validUntil, TimeSpan? cacheDuration)
    {
        // Of descriptors for several protocols, those for SAML 2.0.
        Element[] descriptors =
        [
            .. entity.All(XmlNames.Metadata, "IDPSSODescriptor")
                .Where(descriptor => (descriptor.Attribute("protocolSupportEnumeration") ?? string.Empty).Split([' ', '\t', '\r', '\n']).Contains(XmlNames.Protocol, StringComparer.Ordinal)),
        ];
        if (descriptors is not [var descriptor])
        {
            return new IdentityProviderMetadataResult.Refused([new(SamlErrorCode.MetadataShape, $"The metadata has {descriptors.Length} descriptions of a SAML 2.0 identity provider; it has to have one.")]);
        }

        List<SamlError> notes = [];
        var certificates = Certificates(descriptor, now, notes);
        var signOn = Endpoints(descriptor, "SingleSignOnService", allowHttp, notes);
        List<SamlError> errors = [];
        if (certificates.Count == 0)
        {
            errors.Add(new(SamlErrorCode.MetadataCertificates, "The metadata has no signing certificate that can be used."));
        }

        if (signOn.Count == 0)
        {
            errors.Add(new(SamlErrorCode.MetadataEndpoints, "The metadata has no address for signing in that can be used: one for HTTP-Redirect or HTTP-POST, over https."));
        }

        return errors.Count > 0
            ? new IdentityProviderMetadataResult.Refused([.. errors, .. notes])
            : new IdentityProviderMetadataResult.Read(new(
                new SamlIdentityProvider
                {
                    EntityId = entity.Attribute("entityID")!,
                    SigningCertificates = certificates,
                    SingleSignOn = signOn,
                    SingleLogout = Endpoints(descriptor, "SingleLogoutService", allowHttp, notes),
                    NameIdFormats = [.. descriptor.All(XmlNames.Metadata, "NameIDFormat").Select(format => format.Content)],
                    WantAuthnRequestsSigned = descriptor.Attribute("WantAuthnRequestsSigned") is "true" or "1",
                },
                validUntil,
                cacheDuration,
                notes));
    }

    // A key without a use serves for both. Of a chain, the first certificate is the signer's; an authority's key signs
    // certificates, not messages, and must not be pinned along with it.
    private static List<PinnedCertificate> Certificates(Element descriptor, DateTimeOffset now, List<SamlError> notes)
    {
        List<PinnedCertificate> certificates = [];
        var written = descriptor.All(XmlNames.Metadata, "KeyDescriptor")
            .Where(key => key.Attribute("use") is null or "signing")
            .SelectMany(key => key.All(XmlNames.Signature, "KeyInfo"))
            .SelectMany(keyInfo => keyInfo.All(XmlNames.Signature, "X509Data"))
            .SelectMany(data => data.All(XmlNames.Signature, "X509Certificate").Take(1));
        foreach (var certificate in written.Take(MaxCertificates))
        {
            if (!PinnedCertificate.TryParse(certificate.Content, out var pinned, out var error))
            {
                notes.Add(error);
            }
            else if (!certificates.Exists(known => known.Fingerprint == pinned.Fingerprint))
            {
                certificates.Add(pinned);
                if (now < pinned.NotBefore || now >= pinned.NotAfter)
                {
                    notes.Add(new(SamlErrorCode.CertificateExpired, $"The certificate {SamlError.Quote(pinned.Subject)} is valid from {SamlInstant.Format(pinned.NotBefore)} until {SamlInstant.Format(pinned.NotAfter)}. It is used all the same; renew it at the identity provider."));
                }
            }
        }

        return certificates;
    }

    // Artifact, SOAP and other bindings are left out without a word: every full metadata document lists them.
    private static List<SamlEndpoint> Endpoints(Element descriptor, string name, bool allowHttp, List<SamlError> notes)
    {
        List<SamlEndpoint> endpoints = [];
        foreach (var element in descriptor.All(XmlNames.Metadata, name).Take(MaxEndpoints))
        {
            if (SamlBindingUris.Find(element.Attribute("Binding")) is not { } binding)
            {
                continue;
            }

            var (location, response) = (element.Attribute("Location"), element.Attribute("ResponseLocation"));
            if (IsUsable(location, allowHttp) && (response is null || IsUsable(response, allowHttp)))
            {
                endpoints.Add(new(binding, location!, response));
            }
            else
            {
                notes.Add(new(SamlErrorCode.MetadataEndpoints, $"The address {SamlError.Quote(location)} ({name}) cannot be used; it has to be an https address."));
            }
        }

        return endpoints;
    }

    private static bool IsUsable(string? location, bool allowHttp) =>
        location is { Length: <= MaxLocationLength }
        && Uri.TryCreate(location, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (allowHttp && uri.Scheme == Uri.UriSchemeHttp))
        && uri.UserInfo.Length == 0
        && uri.Fragment.Length == 0;
}
