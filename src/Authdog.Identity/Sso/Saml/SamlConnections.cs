using System.Text.Json;
using System.Text.Json.Serialization;
using Authdog.Protocols.Saml.Parties;
using Authdog.Protocols.Saml.Responses;

namespace Authdog.Identity.Sso.Saml;

/// <summary>Finds SAML connections and makes of their documents what the protocol needs.</summary>
internal sealed class SamlConnections(Connections connections, SamlKeys keys, SamlAddresses addresses)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The connection of a slug, switched on or off; null when there is none or it speaks something else.</summary>
    public async ValueTask<ConnectionRecord?> FindAsync(Identifiers.TenantId tenant, string slug, CancellationToken cancellationToken) =>
        Connection.IsSlug(slug) && (await connections.OfAsync(tenant, cancellationToken)).Find(slug) is { Kind: ConnectionKind.Saml } found ? found : null;

    /// <summary>Both sides of a connection.</summary>
    public SamlParties Of(ConnectionRecord connection) => connection.Once(this, static (maker, record) => maker.Make(record));

    /// <summary>Reads a document that was judged before it was written.</summary>
    public static SamlSettings Read(string json) => JsonSerializer.Deserialize<SamlSettings>(json, s_json) ?? throw new JsonException("The settings are null.");

    /// <summary>The document of settings.</summary>
    public static string Write(SamlSettings settings) => JsonSerializer.Serialize(settings, s_json);

    private SamlParties Make(ConnectionRecord connection)
    {
        var settings = Read(connection.Settings);
        return new SamlParties(
            settings,
            new SamlServiceProvider
            {
                EntityId = addresses.EntityId(connection, settings),
                AssertionConsumerService = addresses.AssertionConsumerService(connection, settings),
                SingleLogoutService = addresses.SingleLogoutService(connection, settings),
                SigningKeys = keys.Open(connection, settings.SigningKeys),
                DecryptionKeys = keys.Open(connection, settings.DecryptionKeys),
            },
            SamlParties.ProviderOf(settings),
            new SamlResponseRules
            {
                RequiredSignature = settings.RequiredSignature,
                RequireEncryption = settings.RequireEncryption,
                AllowUnsolicited = settings.AllowIdpInitiated,
                ClockSkew = TimeSpan.FromSeconds(settings.ClockSkewSeconds),
            });
    }
}
