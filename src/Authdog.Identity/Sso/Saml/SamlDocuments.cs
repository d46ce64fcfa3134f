using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using Authdog.Protocols.Saml.Metadata;
using Authdog.Protocols.Saml.Parties;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Sso.Saml;

/// <summary>Metadata of identity providers: from a text, or from an address that is asked within the bounds of <see cref="ProviderHttp"/>.</summary>
internal sealed class SamlDocuments(ProviderHttp http, IOptions<SsoOptions> options, TimeProvider time)
{
    /// <summary>Reads a text that somebody gave.</summary>
    /// <param name="text">The text.</param>
    /// <param name="entityId">Which entity; null when the document has one.</param>
    public IdentityProviderMetadataResult Read(string text, string? entityId = null) => IdentityProviderMetadataReader.Read(text, Options(entityId), time.GetUtcNow());

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="entityId">Which entity; null when the document has one.</param>
    public IdentityProviderMetadataResult Read(ReadOnlySpan<byte> bytes, string? entityId = null) => IdentityProviderMetadataReader.Read(bytes, Options(entityId), time.GetUtcNow());

    /// <summary>Reads what an address answers.</summary>
    /// <exception cref="ExternalFailureException">It does not answer as it should.</exception>
    public async Task<IdentityProviderMetadataResult> FetchAsync(string url, string? entityId, CancellationToken cancellationToken)
    {
        if (!TryAddress(url, out var address))
        {
            throw ProviderCall.Metadata.Failed("the address is not https");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/samlmetadata+xml"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/xml", 0.9));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*", 0.1));
        var answer = await http.SendAsync(request, ProviderCall.Metadata, cancellationToken);

        // Whatever type it says it is of: servers of metadata files rarely know.
        return answer.Succeeded
            ? Read(answer.Body, entityId)
            : throw ProviderCall.Metadata.Failed(answer);
    }

    /// <summary>Whether an address may be asked.</summary>
    public bool TryAddress(string url, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(url, UriKind.Absolute, out address) && url.Length <= 2048 && http.MayAsk(address);

    /// <summary>The settings with what metadata says of the identity provider.</summary>
    public static SamlSettings With(SamlSettings settings, IdentityProviderMetadata metadata, DateTimeOffset now)
    {
        var provider = metadata.IdentityProvider;
        return settings with
        {
            EntityId = provider.EntityId,
            Certificates = [.. provider.SigningCertificates.Select(static certificate => certificate.Pem)],
            SingleSignOn = provider.SingleSignOn,
            SingleLogout = provider.SingleLogout,
            WantAuthnRequestsSigned = provider.WantAuthnRequestsSigned,
            MetadataReadAt = now,
            MetadataValidUntil = metadata.ValidUntil,
            MetadataProblem = null,
        };
    }

    // Plain HTTP is for providers on one's own network alone, like everything else there.
    private IdentityProviderMetadataOptions Options(string? entityId) => new() { EntityId = entityId, AllowHttp = options.Value.AllowPrivateNetworks };
}
