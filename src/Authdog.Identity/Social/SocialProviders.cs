using System.Collections.Frozen;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Oidc;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Social;

/// <summary>The providers of the configuration, made at the first use of any.</summary>
internal sealed class SocialProviders(IOptions<SocialOptions> options, ConnectionSecrets secrets, ProviderHttp http, TimeProvider time)
{
    private readonly Lazy<FrozenDictionary<string, SocialProvider>> _providers = new(() => options.Value.Providers
        .Select(pair => Make(pair.Key, SocialPresets.Complete(pair.Key, pair.Value), secrets, http, time))
        .ToFrozenDictionary(provider => provider.Connection.Slug, StringComparer.Ordinal));

    /// <summary>All, by name.</summary>
    public IEnumerable<SocialProvider> All => _providers.Value.Values.OrderBy(static provider => provider.Connection.Name, StringComparer.Ordinal);

    /// <summary>The provider of a name; null when there is none.</summary>
    public SocialProvider? Find(string? name) => name is { Length: > 0 and <= Connection.MaxSlug } ? _providers.Value.GetValueOrDefault(name) : null;

    private static SocialProvider Make(string name, SocialProviderOptions options, ConnectionSecrets secrets, ProviderHttp http, TimeProvider time)
    {
        Connection row = new()
        {
            TenantId = TenantId.Default,
            Id = Guid.Empty,
            Slug = name,
            Kind = ConnectionKind.Social,
            Name = options.Name!,
            Settings = "{}",
            Mapping = new ConnectionMapping { Email = options.EmailClaim!, Name = options.NameClaim! }.ToJson(),
            CreatedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
        };
        if (options.Issuer is { } issuer)
        {
            row.Settings = new OidcSettings
            {
                Issuer = issuer,
                Discovery = issuer.Contains("{tenantid}", StringComparison.Ordinal) ? issuer.Replace("{tenantid}", "common", StringComparison.Ordinal) + "/.well-known/openid-configuration" : null,
                ClientId = options.ClientId,
                Authentication = ClientAuthentication.ClientSecretPost,
                ClientSecret = options.ClientSecret is { } secret ? secrets.Protect(row, secret) : null,
                Scopes = [.. options.Scopes],

                // Apple answers by a form whenever it is asked for a name or an address.
                ResponseMode = options.AppleKeyFile is null ? "query" : "form_post",

                // No provider that anybody can have an account at is believed about second factors.
                Trust = new OidcTrust(),
            }.ToJson();
        }

        var connection = new ConnectionRecord(row, []);
        if (options is { AppleKeyFile: { } file })
        {
            var apple = new AppleSecret(options.AppleTeamId!, options.AppleKeyId!, options.ClientId, file, time);
            connection.Once(apple, (maker, record) => new OidcProvider(record, OidcSettings.Parse(record.Settings), http, secrets, time, maker.Make));
        }

        return new SocialProvider(options, connection);
    }
}
