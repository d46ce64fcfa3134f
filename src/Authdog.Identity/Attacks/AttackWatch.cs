using Authdog.Identity.Audit;
using Authdog.Identity.Clients;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Keys;
using Authdog.Identity.Redis;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Attacks;

/// <summary>
/// Sees credential stuffing and password spraying (I2): many accounts from one network, one account from many, and a tenant in which far more
/// fails than usual. Every door tells it of tries; while an attack lasts, what is asked of clients rises by itself, and falls back after it.
/// </summary>
/// <remarks>It only ever asks for more: with the store away it asks for nothing, and what bounds tries (<c>LoginAttempts</c>) is not its business.</remarks>
public sealed class AttackWatch(
    AttackStore store,
    ClientMarks marks,
    CounterStore counters,
    SecretProtector secrets,
    AuditLog audit,
    AttackMetrics metrics,
    IOptions<AttackOptions> options,
    TimeProvider time,
    ILogger<AttackWatch> logger)
{
    private const string TrustPurpose = "attack-trust";

    /// <summary>Failures in browsers that an account has signed in with, within the window, before they are strangers.</summary>
    internal const int FailuresOfTrusted = 5;

    // An attack on a tenant comes from more networks than this; from fewer it is one of networks.
    private const int NetworksOfATenantsAttack = 10;

    /// <summary>A try failed: a wrong password, code, key or assertion, whatever the door.</summary>
    /// <param name="context">The request.</param>
    /// <param name="tenant">Its tenant.</param>
    /// <param name="account">What was tried: an address as typed and normalized, or an id; whether it exists does not matter (I1). Null when the try names none.</param>
    /// <param name="door">Name of the method or door.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task FailedAsync(HttpContext context, TenantId tenant, string? account, string door, CancellationToken cancellationToken)
    {
        metrics.Failed(door);
        if (!options.Value.Enabled)
        {
            return;
        }

        try
        {
            if (marks.Find(context, tenant)?.Trust is { } trust)
            {
                await counters.IncrementAsync(tenant, TrustPurpose, trust, options.Value.Window, cancellationToken);
            }

            var network = ClientNetwork.Of(context.Connection.RemoteIpAddress);
            var masked = account is null ? string.Empty : Mask(tenant, account);
            var counts = await CountAsync(tenant, masked, network, cancellationToken);
            await RaiseAsync(tenant, AttackKind.Network, network, Step(counts.Accounts, options.Value.AccountsPerNetwork, ChallengeLevel.Refusal), counts.Accounts, cancellationToken);
            await RaiseAsync(tenant, AttackKind.Account, masked, account is null ? ChallengeLevel.None : Step(counts.Networks, options.Value.NetworksPerAccount, ChallengeLevel.External), counts.Networks, cancellationToken);
            await RaiseAsync(tenant, AttackKind.Tenant, string.Empty, TenantLevel(counts), counts.Failures, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            AttacksLog.NotCounted(logger, door);
        }
    }

    /// <summary>Somebody is in.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="account">Whose account; each counts once within the window.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task SucceededAsync(TenantId tenant, UserId account, CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        try
        {
            await store.SucceededAsync(tenant, Mask(tenant, account.ToString()), options.Value.Window, time.GetUtcNow(), cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            AttacksLog.NotCounted(logger, "success");
        }
    }

    /// <summary>Whether somebody has signed in with this browser before, and what was tried with such browsers of that account since then did not fail too often. No while the store is away.</summary>
    public async Task<bool> IsTrustedAsync(HttpContext context, TenantId tenant, CancellationToken cancellationToken)
    {
        try
        {
            return marks.Find(context, tenant)?.Trust is { } trust && await counters.ReadAsync(tenant, TrustPurpose, trust, cancellationToken) < FailuresOfTrusted;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    /// <summary>What is asked of this client before it may try, because of attacks that are going on.</summary>
    /// <param name="context">The request.</param>
    /// <param name="tenant">Its tenant.</param>
    /// <param name="account">What it is about to try, if that is known.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ChallengeLevel> LevelAsync(HttpContext context, TenantId tenant, string? account, CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
        {
            return ChallengeLevel.None;
        }

        List<(string, string)> asked = [(Name(AttackKind.Network), ClientNetwork.Of(context.Connection.RemoteIpAddress)), (Name(AttackKind.Tenant), string.Empty)];
        if (account is not null)
        {
            asked.Add((Name(AttackKind.Account), Mask(tenant, account)));
        }

        try
        {
            var level = (ChallengeLevel)(await store.LevelsAsync(tenant, asked, cancellationToken)).Max();
            return level is ChallengeLevel.None || !await IsTrustedAsync(context, tenant, cancellationToken) ? level

                // An owner's own browser is neither held up nor, behind an address that attacks, turned away.
                : level is ChallengeLevel.Refusal ? ChallengeLevel.Work : ChallengeLevel.None;
        }
        catch (StoreUnavailableException)
        {
            return ChallengeLevel.None;
        }
    }

    private async Task<AttackCounts> CountAsync(TenantId tenant, string account, string network, CancellationToken cancellationToken)
    {
        var counts = await store.FailedAsync(
            tenant, account, network, Top(options.Value.AccountsPerNetwork), Top(options.Value.NetworksPerAccount), Math.Max(1, options.Value.TenantFailures / NetworksOfATenantsAttack), options.Value.Window, time.GetUtcNow(), cancellationToken);
        return new AttackCounts(counts[0], counts[1], counts[2], counts[3], counts[4] < 0 ? null : counts[4] / 1000d);
    }

    private async Task RaiseAsync(TenantId tenant, AttackKind kind, string subject, ChallengeLevel level, long count, CancellationToken cancellationToken)
    {
        if (level is ChallengeLevel.None)
        {
            return;
        }

        // Whoever raised it from nothing tells of it: once for each episode, on whatever node.
        var before = await store.RaiseAsync(tenant, Name(kind), subject, (int)level, options.Value.Window, cancellationToken);
        if (before == (int)ChallengeLevel.None)
        {
            metrics.Detected(kind);
            AttacksLog.Detected(logger, Name(kind), tenant.Value, count);
            await audit.WriteAsync(new AuditEvent(tenant, AuditEventKind.CredentialAttackDetected, Detail: $"{Name(kind)}: {count} within {options.Value.Window:c}"), cancellationToken);
        }
    }

    private ChallengeLevel TenantLevel(in AttackCounts counts)
    {
        var usual = Math.Min(0.95, Math.Max(0.5, (counts.Baseline ?? 0) * options.Value.TimesBaseline));
        return (double)counts.Failures / (counts.Failures + counts.Successes) >= usual ? Step(counts.Failures, options.Value.TenantFailures, ChallengeLevel.External) : ChallengeLevel.None;
    }

    private static ChallengeLevel Step(long count, int first, ChallengeLevel highest)
    {
        var level = count >= Top(first) ? ChallengeLevel.Refusal : count >= 3L * first ? ChallengeLevel.External : count >= first ? ChallengeLevel.Work : ChallengeLevel.None;
        return level > highest ? highest : level;
    }

    private static int Top(int first) => 5 * first;

    private static string Name(AttackKind kind) => kind switch { AttackKind.Network => "network", AttackKind.Account => "account", _ => "tenant" };

    // The store keeps no address in clear.
    private string Mask(TenantId tenant, string account) => secrets.Mask("attack", $"{tenant.Value}\n{account}");
}
