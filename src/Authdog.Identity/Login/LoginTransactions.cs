using System.Buffers.Text;
using System.Security.Cryptography;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Login;

/// <summary>Begins, finds, changes and completes login transactions, each bound to the browser that began it.</summary>
public sealed class LoginTransactions(RecordStore records, BrowserBinding binding, IOptions<LoginOptions> options)
{
    private const string Kind = "login";
    private const int IdLength = 22;

    /// <summary>Begins a login for this browser.</summary>
    public async Task<LoginFlow> BeginAsync(HttpContext context, TenantId tenant, ReturnUrl target, string? acr, bool reauthenticate, CancellationToken cancellationToken)
    {
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        LoginTransaction transaction = new() { Binding = binding.Ensure(context), Return = target.Value, Acr = acr, Reauthenticate = reauthenticate };
        await records.CreateAsync(tenant, Kind, id, transaction, options.Value.TransactionLifetime, cancellationToken);
        return new LoginFlow(id, transaction, 1);
    }

    /// <summary>The login of this id, if this browser began it; null when unknown, over or another browser's.</summary>
    public async Task<LoginFlow?> FindAsync(HttpContext context, TenantId tenant, string? id, CancellationToken cancellationToken)
    {
        if (id is not { Length: IdLength } || !Base64Url.IsValid(id))
        {
            return null;
        }

        return await records.FindAsync<LoginTransaction>(tenant, Kind, id, cancellationToken) is var (transaction, version)
            && binding.Matches(context, transaction.Binding)
            ? new LoginFlow(id, transaction, version)
            : null;
    }

    /// <summary>Replaces the transaction unless it was changed meanwhile; null when it was.</summary>
    public async Task<LoginFlow?> UpdateAsync(TenantId tenant, LoginFlow flow, LoginTransaction changed, CancellationToken cancellationToken) =>
        await records.TryUpdateAsync(tenant, Kind, flow.Id, changed, flow.Version, cancellationToken)
            ? new LoginFlow(flow.Id, changed, flow.Version + 1)
            : null;

    /// <summary>Ends the transaction; of two that try, one gets false.</summary>
    public async Task<bool> CompleteAsync(TenantId tenant, LoginFlow flow, CancellationToken cancellationToken) =>
        await records.TakeAsync<LoginTransaction>(tenant, Kind, flow.Id, cancellationToken) is not null;
}
