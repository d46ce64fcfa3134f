using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Authdog.Identity.Identifiers;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>Makes and changes OpenID Connect connections: what commands, the management API and the set-up pages have in common.</summary>
public sealed class OidcSetup(ConnectionChanges changes, ConnectionSecrets secrets, IOptions<SsoOptions> options)
{
    private const int KeyBits = 3072;
    private const int MaxSecret = 4096;
    private static readonly string[] s_secrets = ["clientSecret", "signingKey", "decryptionKey"];

    /// <summary>Adds a connection.</summary>
    public async Task<ConnectionChange> AddAsync(Connection connection, OidcChoices choices, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        connection.Settings = OidcSettings.Unknown.ToJson();
        return Apply(connection, choices) is { Count: > 0 } mistakes ? new ConnectionChange.Refused(mistakes) : await changes.AddAsync(connection, cancellationToken);
    }

    /// <summary>Changes a connection: all of it, or nothing when there is a mistake.</summary>
    public Task<ConnectionChange> SetAsync(TenantId tenant, string slug, OidcChoices choices, Action<Connection>? further, CancellationToken cancellationToken)
    {
        // Judged on the row as it is then: two changes at once lose neither.
        return changes.SetAsync(tenant, slug, row =>
        {
            further?.Invoke(row);
            return row.Kind is ConnectionKind.Oidc ? Apply(row, choices) : [$"AG5334 {slug} is no OpenID Connect connection, and has no secret, scopes or settings of one. Leave them out."];
        }, cancellationToken);
    }

    /// <summary>Lays what was chosen over a connection's settings; returns what is wrong, each with its cure.</summary>
    public IReadOnlyList<string> Apply(Connection connection, OidcChoices choices)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(choices);
        List<string> mistakes = [];
        var settings = Further(Typed(connection, OidcSettings.Parse(connection.Settings), choices, mistakes), choices.Settings, mistakes);

        // A connection of which nothing is known yet is made before it is set up, and switched off until then.
        if (settings.IsKnown || connection.Enabled)
        {
            mistakes.AddRange(settings.Mistakes(options.Value.AllowPrivateNetworks));
        }

        connection.Settings = settings.ToJson();
        return mistakes;
    }

    private OidcSettings Typed(Connection connection, OidcSettings settings, OidcChoices choices, List<string> mistakes)
    {
        settings = settings with { Issuer = choices.Issuer ?? settings.Issuer, ClientId = choices.ClientId ?? settings.ClientId, Scopes = choices.Scopes is { } scopes ? [.. scopes] : settings.Scopes };
        if (choices.Authentication is { } method)
        {
            try
            {
                settings = settings with { Authentication = JsonSerializer.Deserialize<ClientAuthentication>(JsonSerializer.Serialize(method)) };
            }
            catch (JsonException)
            {
                mistakes.Add($"AG5331 the authentication is '{method}'. Choose client_secret_basic, client_secret_post, private_key_jwt or none.");
            }
        }

        if (choices.ClientSecret is { Length: > MaxSecret })
        {
            mistakes.Add($"AG5335 the client secret is longer than {MaxSecret} characters. Give it as the provider shows it.");
        }
        else if (choices.ClientSecret is { Length: > 0 } secret)
        {
            settings = settings with { ClientSecret = secrets.Protect(connection, secret) };
        }

        if (settings is { Authentication: ClientAuthentication.PrivateKeyJwt, SigningKey: null })
        {
            settings = settings with { SigningKey = NewKey(connection) };
        }

        return choices.NewDecryptionKey ? settings with { DecryptionKey = NewKey(connection) } : settings;
    }

    private static OidcSettings Further(OidcSettings settings, JsonObject? further, List<string> mistakes)
    {
        foreach (var (name, value) in further ?? [])
        {
            if (s_secrets.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                mistakes.Add($"AG5332 '{name}' is no setting that can be given here: a client secret, and what makes keys, have options of their own.");
                continue;
            }

            var document = JsonNode.Parse(settings.ToJson())!.AsObject();
            document[name] = value?.DeepClone();
            try
            {
                settings = OidcSettings.Parse(document.ToJsonString());
            }
            catch (JsonException exception)
            {
                mistakes.Add($"AG5333 '{name}' cannot be set so: {exception.Message}");
            }
        }

        return settings;
    }

    private string NewKey(Connection connection)
    {
        using var rsa = RSA.Create(KeyBits);
        var key = rsa.ExportPkcs8PrivateKey();
        var kept = secrets.Protect(connection, key);
        CryptographicOperations.ZeroMemory(key);
        return kept;
    }
}
