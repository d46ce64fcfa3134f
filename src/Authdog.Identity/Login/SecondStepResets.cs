using System.Buffers.Text;
using System.Security.Cryptography;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Authdog.Identity.Standby;

namespace Authdog.Identity.Login;

/// <summary>Second steps that somebody with the first factor says are lost: each waits out a delay, and can be called off until then.</summary>
internal sealed class SecondStepResets(RecordStore records, OneTimeTokenStore links, StandbyStore standby, TimeProvider time)
{
    private const string Kind = "second-step-reset";
    private const string CalledOff = "reset-called-off";
    private const string FinishPurpose = "second-step-reset-finish";
    private const string CancelPurpose = "second-step-reset-cancel";

    /// <summary>How long after the delay it can be finished.</summary>
    private static readonly TimeSpan s_open = TimeSpan.FromDays(7);

    // Longer than any of them can wait.
    private static readonly TimeSpan s_remembered = TimeSpan.FromDays(400);

    /// <summary>When the one that waits can be finished; null when none waits.</summary>
    public async Task<DateTimeOffset?> FindAsync(TenantId tenant, UserId user, CancellationToken cancellationToken)
    {
        await SettleAsync(tenant, user, cancellationToken);
        return (await records.FindAsync<SecondStepReset>(tenant, Kind, user.ToString(), cancellationToken))?.Record.ReleaseAt;
    }

    /// <summary>Begins one, with the secrets of the links that finish it and call it off; null when one waits already.</summary>
    public async Task<(DateTimeOffset ReleaseAt, string Finish, string Cancel)?> BeginAsync(TenantId tenant, UserId user, TimeSpan delay, CancellationToken cancellationToken)
    {
        if (await FindAsync(tenant, user, cancellationToken) is not null)
        {
            return null;
        }

        SecondStepReset reset = new(user.Value, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)), time.GetUtcNow() + delay);
        try
        {
            await records.CreateAsync(tenant, Kind, user.ToString(), reset, delay + s_open, cancellationToken);
        }
        catch (InvalidOperationException)
        {
            // Asked for twice at once.
            return null;
        }

        return (reset.ReleaseAt,
            await links.IssueAsync(tenant, FinishPurpose, reset, delay + s_open, cancellationToken),
            await links.IssueAsync(tenant, CancelPurpose, reset, delay + s_open, cancellationToken));
    }

    /// <summary>What a link would finish, or call off; null when it is over. Nothing is consumed.</summary>
    public async Task<SecondStepReset?> PeekAsync(TenantId tenant, string? secret, bool cancel, CancellationToken cancellationToken)
    {
        if (await links.PeekAsync<SecondStepReset>(tenant, cancel ? CancelPurpose : FinishPurpose, secret, cancellationToken) is not { } asked)
        {
            return null;
        }

        await SettleAsync(tenant, new UserId(asked.User), cancellationToken);
        return await records.FindAsync<SecondStepReset>(tenant, Kind, new UserId(asked.User).ToString(), cancellationToken) is var (waiting, _) && waiting.Id == asked.Id
            ? waiting
            : null;
    }

    /// <summary>Finishes it, once and not before its time.</summary>
    public async Task<bool> FinishAsync(TenantId tenant, SecondStepReset reset, CancellationToken cancellationToken)
    {
        await SettleAsync(tenant, new UserId(reset.User), cancellationToken);
        return time.GetUtcNow() >= reset.ReleaseAt && await TakeAsync(tenant, new UserId(reset.User), cancellationToken);
    }

    /// <summary>Calls it off; true when one was waiting. While Redis is away, the directory keeps in mind that whatever waits there is called off.</summary>
    public async Task<bool> CancelAsync(TenantId tenant, UserId user, CancellationToken cancellationToken)
    {
        try
        {
            return await TakeAsync(tenant, user, cancellationToken);
        }
        catch (StoreUnavailableException) when (standby.IsEnabled)
        {
            await standby.TryCreateAsync(tenant, CalledOff, user.ToString(), user.Value, [], time.GetUtcNow() + s_remembered, cancellationToken);
            return false;
        }
    }

    // Before anything is asked of Redis that was called off while it was away.
    private async Task SettleAsync(TenantId tenant, UserId user, CancellationToken cancellationToken)
    {
        if (standby.IsEnabled && await standby.FindAsync(tenant, CalledOff, user.ToString(), cancellationToken) is not null)
        {
            await TakeAsync(tenant, user, cancellationToken);
            await standby.DeleteAsync(tenant, CalledOff, [user.ToString()], cancellationToken);
        }
    }

    private async Task<bool> TakeAsync(TenantId tenant, UserId user, CancellationToken cancellationToken) =>
        await records.TakeAsync<SecondStepReset>(tenant, Kind, user.ToString(), cancellationToken) is not null;
}
