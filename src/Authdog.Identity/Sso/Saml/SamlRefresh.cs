using Authdog.Identity.Audit;
using Authdog.Identity.Redis;
using Authdog.Protocols.Saml.Metadata;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Sso.Saml;

/// <summary>Reads the metadata of a connection again. New certificates that an old one vouches for are taken over; anything else waits for a person, and is told to the administrator once.</summary>
internal sealed class SamlRefresh(SamlConnections connections, SamlDocuments documents, ConnectionChanges changes, CounterStore counters, AuditLog audit, TimeProvider time, ILogger<SamlRefresh> logger)
{
    private const string Tried = "saml-refresh";

    // A flood of wrong signatures must not become a flood of questions.
    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(1);

    /// <summary>Reads it now, unless that was done within the last minute; the connection as it is then, or null when nothing about its keys has changed.</summary>
    public async Task<ConnectionRecord?> RenewAsync(ConnectionRecord connection, CancellationToken cancellationToken)
    {
        if (connections.Of(connection).Settings.MetadataUrl is null
            || await counters.IncrementAsync(connection.Tenant, Tried, connection.Id.ToString("N"), s_pause, cancellationToken) != 1)
        {
            return null;
        }

        return await RunAsync(connection, cancellationToken) is SamlRefreshOutcome.RolledOver ? await connections.FindAsync(connection.Tenant, connection.Slug, cancellationToken) : null;
    }

    /// <summary>Reads it.</summary>
    public async Task<SamlRefreshOutcome> RunAsync(ConnectionRecord connection, CancellationToken cancellationToken)
    {
        var settings = connections.Of(connection).Settings;
        if (settings.MetadataUrl is not { } url || SamlParties.ProviderOf(settings) is not { } known)
        {
            return SamlRefreshOutcome.Unchanged;
        }

        try
        {
            return await documents.FetchAsync(url, known.EntityId, cancellationToken) switch
            {
                IdentityProviderMetadataResult.Read { Metadata: var metadata } => await JudgeAsync(connection, settings, metadata, MetadataChanges.Between(known, metadata.IdentityProvider), cancellationToken),
                IdentityProviderMetadataResult.Refused refused => await TroubleAsync(connection, settings, string.Join(' ', refused.Errors), cancellationToken),
                _ => SamlRefreshOutcome.Unchanged,
            };
        }
        catch (ExternalFailureException failure)
        {
            return await TroubleAsync(connection, settings, failure.Message, cancellationToken);
        }
    }

    private async Task<SamlRefreshOutcome> JudgeAsync(ConnectionRecord connection, SamlSettings settings, IdentityProviderMetadata metadata, MetadataChanges found, CancellationToken cancellationToken)
    {
        if (!found.IsEmpty && !found.IsCertificateRollover)
        {
            return await TroubleAsync(connection, settings, "the provider's metadata has changed in more than its certificates; look at it and take it over with 'connection saml refresh --accept': " + Words(found), cancellationToken);
        }

        if (found.IsEmpty && settings.MetadataProblem is null)
        {
            return SamlRefreshOutcome.Unchanged;
        }

        await SaveAsync(connection, now => SamlDocuments.With(now, metadata, time.GetUtcNow()), cancellationToken);
        if (found.IsEmpty)
        {
            return SamlRefreshOutcome.Unchanged;
        }

        await audit.WriteAsync(new AuditEvent(connection.Tenant, AuditEventKind.ConnectionChanged, Detail: $"{connection.Slug}: {Words(found)}"), CancellationToken.None);
        SamlLog.RolledOver(logger, connection.Tenant.Value, connection.Slug, Words(found));
        return SamlRefreshOutcome.RolledOver;
    }

    // Written and told when it begins or changes, not at each try.
    private async Task<SamlRefreshOutcome> TroubleAsync(ConnectionRecord connection, SamlSettings settings, string problem, CancellationToken cancellationToken)
    {
        var bounded = problem.Length > 1000 ? problem[..1000] : problem;
        if (settings.MetadataProblem != bounded)
        {
            await SaveAsync(connection, now => now with { MetadataProblem = bounded }, cancellationToken);
            await audit.WriteAsync(new AuditEvent(connection.Tenant, AuditEventKind.ConnectionChanged, Detail: $"{connection.Slug}: metadata: {bounded}"), CancellationToken.None);
            SamlLog.NotRefreshed(logger, connection.Tenant.Value, connection.Slug, bounded);
        }

        return SamlRefreshOutcome.Troubled;
    }

    private Task<ConnectionChange> SaveAsync(ConnectionRecord connection, Func<SamlSettings, SamlSettings> change, CancellationToken cancellationToken) =>
        changes.KeepAsync(connection.Tenant, connection.Slug, row => row.Settings = SamlConnections.Write(change(SamlConnections.Read(row.Settings))), cancellationToken);

    private static string Words(MetadataChanges changes) =>
        string.Join("; ", changes.All.Select(static change => $"{change.Kind} {(change.Before is null ? "added " + change.After : change.After is null ? "removed " + change.Before : $"{change.Before} → {change.After}")}"));
}
