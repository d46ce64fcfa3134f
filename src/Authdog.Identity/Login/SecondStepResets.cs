using System.Buffers.Text;
using System.Security.Cryptography;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;

namespace Authdog.Identity.Login;

/// <summary>Second steps that somebody with the first factor says are lost: each waits out a delay, and can be called off until then.</summary>
internal sealed class SecondStepResets(RecordStore records, OneTimeTokenStore links, TimeProvider time)
{
    private const string Kind = "second-step-reset";
    private const string FinishPurpose = "second-step-reset-finish";
    private const string CancelPurpose = "second-step-reset-cancel";

    /// <summary>How long after the delay it can be finished.</summary>
    private static readonly TimeSpan s_open = TimeSpan.FromDays(7);

    /// <summary>When the one that waits can be finished; null when none waits.</summary>
    public async Task<DateTimeOffset?> FindAsync(TenantId tenant, UserId user, CancellationToken cancellationToken) =>
        (await records.FindAsync<SecondStepReset>(tenant, Kind, user.ToString(), cancellationToken))?.Record.ReleaseAt;

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
    public async Task<SecondStepReset?> PeekAsync(TenantId tenant, string? secret, bool cancel, CancellationToken cancellationToken) =>
        await links.PeekAsync<SecondStepReset>(tenant, cancel ? CancelPurpose : FinishPurpose, secret, cancellationToken) is { } asked
        && await records.FindAsync<SecondStepReset>(tenant, Kind, new UserId(asked.User).ToString(), cancellationToken) is var (waiting, _)
        && waiting.Id == asked.Id
            ? waiting
            : null;

    /// <summary>Finishes it, once and not before its time.</summary>
    public async Task<bool> FinishAsync(TenantId tenant, SecondStepReset reset, CancellationToken cancellationToken) =>
        time.GetUtcNow() >= reset.ReleaseAt && await CancelAsync(tenant, new UserId(reset.User), cancellationToken);

    /// <summary>Calls it off; true when one was waiting.</summary>
    public async Task<bool> CancelAsync(TenantId tenant, UserId user, CancellationToken cancellationToken) =>
        await records.TakeAsync<SecondStepReset>(tenant, Kind, user.ToString(), cancellationToken) is not null;
}
