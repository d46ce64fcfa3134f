using Authdog.Identity.Identifiers;
using Authdog.Identity.Tenants;
using Authdog.Protocols.Saml.Metadata;

namespace Authdog.Identity.Sso.Saml;

/// <summary>Makes and changes SAML connections: what commands, the management API and the set-up pages have in common.</summary>
public sealed class SamlSetup
{
    /// <summary>Code of a mistake that says that metadata could not be read where it was said to be.</summary>
    internal const string Unread = "AG5712";

    private readonly SamlConnections _saml;
    private readonly SamlDocuments _documents;
    private readonly SamlKeys _keys;
    private readonly SamlRefresh _refresh;
    private readonly ConnectionChanges _changes;
    private readonly TenantCache _tenants;
    private readonly TimeProvider _time;

    internal SamlSetup(SamlConnections saml, SamlDocuments documents, SamlKeys keys, SamlRefresh refresh, ConnectionChanges changes, TenantCache tenants, TimeProvider time) =>
        (_saml, _documents, _keys, _refresh, _changes, _tenants, _time) = (saml, documents, keys, refresh, changes, tenants, time);

    /// <summary>Adds a connection with keys of its own. Nothing has to be known of the identity provider yet.</summary>
    public async Task<ConnectionChange> AddAsync(Connection connection, SamlChoices choices, CancellationToken cancellationToken)
    {
        var host = (await _tenants.FindAsync(connection.TenantId, cancellationToken))?.Addresses.FirstOrDefault(static address => address[0] != '/');
        var plan = await PlanAsync(new SamlSettings { Host = host }, choices, cancellationToken);
        if (plan.Mistakes.Count > 0)
        {
            return new ConnectionChange.Refused(plan.Mistakes);
        }

        connection.Settings = SamlConnections.Write(plan.Change(new SamlSettings { Host = host }) with { SigningKeys = [_keys.Create(connection, "signing")], DecryptionKeys = [_keys.Create(connection, "encryption")] });
        return await _changes.AddAsync(connection, cancellationToken);
    }

    /// <summary>Changes a connection.</summary>
    public async Task<ConnectionChange> SetAsync(TenantId tenant, string slug, SamlChoices choices, Action<Connection>? further, CancellationToken cancellationToken)
    {
        if (await _saml.FindAsync(tenant, slug, cancellationToken) is not { } connection)
        {
            return new ConnectionChange.Unknown();
        }

        // Judged on what this node knows, and laid over what the row is by then: two changes at once lose neither.
        var plan = await PlanAsync(_saml.Of(connection).Settings, choices, cancellationToken);
        return plan.Mistakes.Count > 0
            ? new ConnectionChange.Refused(plan.Mistakes)
            : await _changes.SetAsync(tenant, slug, row =>
            {
                row.Settings = SamlConnections.Write(plan.Change(SamlConnections.Read(row.Settings)));
                further?.Invoke(row);
            }, cancellationToken);
    }

    /// <summary>Reads the metadata again; with <paramref name="accept"/> takes over whatever it says, another entity id apart.</summary>
    public async Task<ConnectionChange> RefreshAsync(TenantId tenant, string slug, bool accept, CancellationToken cancellationToken)
    {
        if (await _saml.FindAsync(tenant, slug, cancellationToken) is not { } connection)
        {
            return new ConnectionChange.Unknown();
        }

        var settings = _saml.Of(connection).Settings;
        if (settings.MetadataUrl is not { } url)
        {
            return new ConnectionChange.Refused(["AG5710 the connection has no metadata address to read. Give one: 'connection saml set --metadata-url'."]);
        }

        if (accept)
        {
            return await SetAsync(tenant, slug, new SamlChoices { MetadataUrl = url, EntityId = settings.EntityId }, null, cancellationToken);
        }

        await _refresh.RunAsync(connection, cancellationToken);
        var now = await _saml.FindAsync(tenant, slug, cancellationToken);
        return now is not null && _saml.Of(now).Settings.MetadataProblem is { } problem ? new ConnectionChange.Refused(["AG5711 " + problem]) : await SetAsync(tenant, slug, new SamlChoices(), null, cancellationToken);
    }

    /// <summary>Replaces this side's keys in two steps, so that no sign-in fails: the first publishes new ones beside the old, the second signs with the new and drops the old.</summary>
    /// <returns>The change, and whether the new keys are in use.</returns>
    public async Task<(ConnectionChange Change, bool InUse)> RotateKeysAsync(TenantId tenant, string slug, CancellationToken cancellationToken)
    {
        var inUse = false;
        var change = await _changes.SetAsync(tenant, slug, row =>
        {
            var settings = SamlConnections.Read(row.Settings);
            inUse = settings.SigningKeys.Count > 1;
            row.Settings = SamlConnections.Write(inUse
                ? settings with { SigningKeys = [settings.SigningKeys[^1]], DecryptionKeys = [settings.DecryptionKeys[^1]] }
                : settings with { SigningKeys = [.. settings.SigningKeys, _keys.Create(row, "signing")], DecryptionKeys = [.. settings.DecryptionKeys, _keys.Create(row, "encryption")] });
        }, cancellationToken);
        return (change, inUse);
    }

    /// <summary>What the identity provider has to be told; null when there is no such connection.</summary>
    public async Task<SamlPublished?> PublishedAsync(TenantId tenant, string slug, CancellationToken cancellationToken)
    {
        if (await _saml.FindAsync(tenant, slug, cancellationToken) is not { } connection)
        {
            return null;
        }

        var self = _saml.Of(connection).Self;
        return new SamlPublished(self.EntityId, self.AssertionConsumerService, self.SingleLogoutService!, [.. self.SigningKeys.Select(static key => key.CertificateBase64)], [.. self.DecryptionKeys.Select(static key => key.CertificateBase64)]);
    }

    // First the document, then what was typed beside it: both are judged, and every mistake is told.
    private async Task<(Func<SamlSettings, SamlSettings> Change, IReadOnlyList<string> Mistakes)> PlanAsync(SamlSettings known, SamlChoices choices, CancellationToken cancellationToken)
    {
        List<string> mistakes = [];
        var metadata = await MetadataAsync(choices, mistakes, cancellationToken);
        var typed = new SamlTyped(choices, _documents);
        typed.Apply(Taken(known), metadata is not null);
        mistakes.AddRange(typed.Mistakes);
        return (settings => typed.Apply(Taken(settings), metadata is not null), mistakes);

        SamlSettings Taken(SamlSettings settings) => metadata is null ? settings : SamlDocuments.With(settings, metadata, _time.GetUtcNow()) with { MetadataUrl = choices.MetadataUrl };
    }

    private async Task<IdentityProviderMetadata?> MetadataAsync(SamlChoices choices, List<string> mistakes, CancellationToken cancellationToken)
    {
        try
        {
            switch (choices switch
            {
                { MetadataFile: { } file } => _documents.Read(file.Span, choices.EntityId),
                { MetadataText: { Length: > 0 } text } => _documents.Read(text, choices.EntityId),
                { MetadataUrl: { Length: > 0 } url } => await _documents.FetchAsync(url, choices.EntityId, cancellationToken),
                _ => null,
            })
            {
                case IdentityProviderMetadataResult.Read { Metadata: var read }:
                    return read;
                case IdentityProviderMetadataResult.Refused refused:
                    mistakes.AddRange(refused.Errors.Select(static error => error.ToString()));
                    return null;
                default:
                    return null;
            }
        }
        catch (ExternalFailureException failure)
        {
            mistakes.Add($"{Unread} {failure.Message}");
            return null;
        }
    }
}
