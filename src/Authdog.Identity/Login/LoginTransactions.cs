using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Authdog.Identity.Sessions;
using Authdog.Identity.Standby;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Login;

/// <summary>Begins, finds, changes and completes login transactions, each bound to the browser that began it.</summary>
internal sealed class LoginTransactions(RecordStore records, StandbyStore standby, SealedLogin unwritten, BrowserBinding binding, IOptions<LoginOptions> options, TimeProvider time)
{
    private const string Kind = "login";
    private const int IdLength = 22;

    // Before an id: begun while Redis was away, and kept in the directory. No random id has it.
    private const char StandbyMark = '~';

    /// <summary>Begins a login for this browser. Nothing is stored before <see cref="UpdateAsync"/>.</summary>
    public LoginFlow Begin(HttpContext context, TenantId tenant, ReturnUrl target, LoginRequirement requirement)
    {
        LoginTransaction transaction = new() { Binding = binding.Ensure(context), Return = target.Value, Requirement = requirement };
        return new LoginFlow(unwritten.Seal(transaction, tenant, options.Value.TransactionLifetime), transaction, LoginFlow.Unwritten);
    }

    /// <summary>The same as <see cref="FindAsync"/>, before the request's own turn, which then need not read it again.</summary>
    public async Task<LoginFlow?> LookAheadAsync(HttpContext context, TenantId tenant, string? id, CancellationToken cancellationToken)
    {
        var flow = await FindAsync(context, tenant, id, cancellationToken);
        if (flow is not null)
        {
            context.Features.Set(new SeenAhead(tenant, flow));
        }

        return flow;
    }

    /// <summary>The login of this id, if this browser began it; null when unknown, over or another browser's.</summary>
    public async Task<LoginFlow?> FindAsync(HttpContext context, TenantId tenant, string? id, CancellationToken cancellationToken)
    {
        // Once only: whoever asks again has met a change, which the version tells.
        if (context.Features.Get<SeenAhead>() is { } seen)
        {
            context.Features.Set<SeenAhead>(null);
            if (seen.Tenant == tenant && seen.Flow.Id == id)
            {
                return seen.Flow;
            }
        }

        if (!IsWritten(id))
        {
            return id is { Length: > IdLength } && unwritten.Open(id, tenant) is { } begun && binding.Matches(context, begun.Binding)
                ? new LoginFlow(id, begun, LoginFlow.Unwritten)
                : null;
        }

        return await ReadAsync(tenant, id, cancellationToken) is var (transaction, version)
            && binding.Matches(context, transaction.Binding)
            ? WithSession(context, new LoginFlow(id, transaction, version))
            : null;
    }

    /// <summary>A written login, whoever asks; null when unknown or over. For what another site's post has to be judged by: <see cref="FindAsync"/> asks whose browser it is.</summary>
    public async Task<LoginTransaction?> PeekAsync(TenantId tenant, string id, CancellationToken cancellationToken) =>
        IsWritten(id) ? (await ReadAsync(tenant, id, cancellationToken))?.Transaction : null;

    /// <summary>Replaces the transaction unless it was changed meanwhile; null when it was.</summary>
    public async Task<LoginFlow?> UpdateAsync(HttpContext context, TenantId tenant, LoginFlow flow, LoginTransaction changed, CancellationToken cancellationToken)
    {
        if (!flow.IsWritten)
        {
            var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
            try
            {
                await records.CreateAsync(tenant, Kind, id, changed, options.Value.TransactionLifetime, cancellationToken);
            }
            catch (StoreUnavailableException) when (standby.IsEnabled)
            {
                // Under another name than the one that Redis was given: it may have stored that before it fell silent.
                id = StandbyMark + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
                if (!await standby.TryCreateAsync(tenant, Kind, id, null, StoredJson.Write(changed), time.GetUtcNow() + options.Value.TransactionLifetime, cancellationToken))
                {
                    throw;
                }
            }

            return WithSession(context, new LoginFlow(id, changed, 1));
        }

        return await TryWriteAsync(tenant, flow, changed, cancellationToken)
            ? WithSession(context, new LoginFlow(flow.Id, changed, flow.Version + 1))
            : null;
    }

    /// <summary>Ends the transaction; of two that try, one gets false.</summary>
    public async Task<bool> CompleteAsync(TenantId tenant, LoginFlow flow, CancellationToken cancellationToken) =>
        flow.Id[0] is StandbyMark
            ? await standby.DeleteAsync(tenant, Kind, [flow.Id], cancellationToken) == 1
            : await records.TakeAsync<LoginTransaction>(tenant, Kind, flow.Id, cancellationToken) is not null;

    private static bool IsWritten([NotNullWhen(true)] string? id) =>
        id is { Length: IdLength } ? Base64Url.IsValid(id) : id is { Length: IdLength + 1 } && id[0] is StandbyMark && Base64Url.IsValid(id.AsSpan(1));

    private async Task<(LoginTransaction Transaction, long Version)?> ReadAsync(TenantId tenant, string id, CancellationToken cancellationToken)
    {
        if (id[0] is not StandbyMark)
        {
            return await records.FindAsync<LoginTransaction>(tenant, Kind, id, cancellationToken);
        }

        return await standby.FindAsync(tenant, Kind, id, cancellationToken) is { } record && StoredJson.Read<LoginTransaction>(record.Value) is { } transaction
            ? (transaction, record.Version)
            : null;
    }

    private async Task<bool> TryWriteAsync(TenantId tenant, LoginFlow flow, LoginTransaction changed, CancellationToken cancellationToken)
    {
        if (flow.Id[0] is not StandbyMark)
        {
            return await records.TryUpdateAsync(tenant, Kind, flow.Id, changed, flow.Version, cancellationToken);
        }

        // As in Redis, its life is not longer for being changed.
        return await standby.FindAsync(tenant, Kind, flow.Id, cancellationToken) is { } record
            && await standby.TryUpdateAsync(tenant, Kind, flow.Id, flow.Version, StoredJson.Write(changed), record.ExpiresAt, cancellationToken);
    }

    private sealed record SeenAhead(TenantId Tenant, LoginFlow Flow);

    private static LoginFlow WithSession(HttpContext context, LoginFlow flow) =>
        context.Features.Get<SessionFeature>()?.Session is { } session && session.User.Value == flow.Transaction.User ? flow with { Held = session } : flow with { Held = null };
}
