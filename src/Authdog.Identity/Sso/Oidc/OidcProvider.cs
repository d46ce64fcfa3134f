using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>One provider as this node knows it, for one version of a connection: settings, discovery, keys. Made when the connection is first used.</summary>
internal sealed class OidcProvider
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_usable = TimeSpan.FromDays(1);

    // A key that is not there is looked for once in this time, whoever names it.
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(10);
    private readonly ProviderHttp _http;
    private readonly ProviderCache<OidcMetadata> _metadata;
    private readonly ProviderCache<ProviderKeys> _keys;
    private readonly Lazy<RsaSecurityKey?> _decryption;
    private readonly Lazy<RsaSecurityKey?> _signing;
    private readonly Func<string?> _secret;

    public OidcProvider(ConnectionRecord connection, OidcSettings settings, ProviderHttp http, ConnectionSecrets secrets, TimeProvider time, Func<string>? secret = null)
    {
        (Connection, Settings, _http) = (connection, settings, http);
        _metadata = new(ReadMetadataAsync, s_fresh, s_usable, time);
        _keys = new(ReadKeysAsync, s_fresh, s_usable, time);
        _decryption = new(() => Key(secrets, connection, settings.DecryptionKey));
        _signing = new(() => Key(secrets, connection, settings.SigningKey));
        Lazy<string?> own = new(() => settings.ClientSecret is { } kept ? secrets.UnprotectText(connection, kept) : null);
        _secret = secret is null ? () => own.Value : () => secret();
    }

    /// <summary>The connection.</summary>
    public ConnectionRecord Connection { get; }

    /// <summary>Its settings.</summary>
    public OidcSettings Settings { get; }

    /// <summary>Key that opens encrypted ID tokens; null when there is none.</summary>
    public RsaSecurityKey? DecryptionKey => _decryption.Value;

    /// <summary>Key that signs for <c>private_key_jwt</c>; null when there is none.</summary>
    public RsaSecurityKey? SigningKey => _signing.Value;

    /// <summary>The client secret; null when there is none.</summary>
    public string? ClientSecret => _secret();

    /// <summary>What the provider says of itself.</summary>
    /// <exception cref="ExternalFailureException">It does not say it, or somebody else does.</exception>
    public Task<OidcMetadata> MetadataAsync(CancellationToken cancellationToken) => _metadata.GetAsync(cancellationToken);

    /// <summary>Keys that may have signed under a key id; a new id is looked for once, so that a provider that changes its keys fails no login.</summary>
    public async Task<IReadOnlyList<SecurityKey>> KeysAsync(string? kid, string algorithm, CancellationToken cancellationToken)
    {
        var keys = await _keys.GetAsync(cancellationToken);
        if (!keys.Has(kid))
        {
            keys = await _keys.AgainAsync(keys, s_pause, cancellationToken);
        }

        return [.. keys.For(kid, algorithm)];
    }

    /// <summary>How many keys the provider publishes.</summary>
    public async Task<int> CountKeysAsync(CancellationToken cancellationToken) => (await _keys.GetAsync(cancellationToken)).Count;

    private static RsaSecurityKey? Key(ConnectionSecrets secrets, ConnectionRecord connection, string? kept)
    {
        if (kept is null)
        {
            return null;
        }

        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(secrets.Unprotect(connection, kept), out _);
        var key = new RsaSecurityKey(rsa);
        key.KeyId = Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        return key;
    }

    private async Task<OidcMetadata> ReadMetadataAsync(CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, Settings.Discovery ?? Settings.Issuer.TrimEnd('/') + "/.well-known/openid-configuration");
        request.Headers.Accept.ParseAdd("application/json");
        var response = await _http.SendAsync(request, ProviderCall.Discovery, cancellationToken);
        return response.Succeeded
            ? OidcMetadata.Read(ProviderJson.Read(response, ProviderCall.Discovery), Settings.Issuer, _http.MayAsk)
            : throw ProviderCall.Discovery.Failed(response);
    }

    private async Task<ProviderKeys> ReadKeysAsync(CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, (await MetadataAsync(cancellationToken)).Jwks);
        request.Headers.Accept.ParseAdd("application/json, application/jwk-set+json");
        var response = await _http.SendAsync(request, ProviderCall.Keys, cancellationToken);
        return response.Succeeded ? ProviderKeys.Read(response) : throw ProviderCall.Keys.Failed(response);
    }
}
