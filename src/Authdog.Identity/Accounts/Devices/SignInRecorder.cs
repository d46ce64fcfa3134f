using System.Diagnostics;
using Authdog.Identity.Audit;
using Authdog.Identity.Sessions;
using Authdog.Identity.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Accounts.Devices;

/// <summary>Whatever method it was: a sign-in or a failed try that the audit log notes for a known user stands in that user's history too: a sign-in saved with it, a try after it was answered, so that an account takes no longer to refuse than none (I1).</summary>
internal sealed class SignInRecorder(IHttpContextAccessor requests) : SaveChangesInterceptor
{
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } context && requests.HttpContext is { } request)
        {
            foreach (var entry in context.ChangeTracker.Entries<AuditEntry>().Where(e => e.State is EntityState.Added && e.Entity is { UserId: not null, Kind: AuditEventKind.SignedIn or AuditEventKind.SignInFailed }).Select(e => e.Entity).ToList())
            {
                var seen = Of(entry, request);
                if (seen.Succeeded)
                {
                    context.Add(seen);
                }
                else
                {
                    Later(request, seen);
                }
            }
        }

        return ValueTask.FromResult(result);
    }

    private static void Later(HttpContext request, SignIn failed)
    {
        var contexts = request.RequestServices.GetRequiredService<IDbContextFactory<DirectoryContext>>();
        request.Response.OnCompleted(async () =>
        {
            // No part of the request: neither of its time nor of its trace.
            Activity.Current = null;
            await using var context = contexts.CreateDbContext();
            context.UseTenant(() => failed.TenantId);
            context.Add(failed);
            try
            {
                await context.SaveChangesAsync(CancellationToken.None);
            }
            catch (DbUpdateException)
            {
                // The account was erased meanwhile, and its history with it.
            }
        });
    }

    private static SignIn Of(AuditEntry entry, HttpContext request)
    {
        var browser = BrowserName.Of(request.Request);
        var succeeded = entry.Kind is AuditEventKind.SignedIn;
        var method = entry.Detail ?? (succeeded ? string.Join(' ', request.Features.Get<SessionFeature>()?.Session?.Amr ?? []) : null);
        return new SignIn
        {
            TenantId = entry.TenantId,
            UserId = entry.UserId!.Value,
            Id = Guid.CreateVersion7(entry.At),
            At = entry.At,
            Succeeded = succeeded,
            Method = method is { Length: > 80 } ? method[..80] : method,
            Browser = browser.Browser,
            System = browser.System,
            Address = request.Connection.RemoteIpAddress?.ToString() is { Length: <= 45 } address ? address : null,
            SessionId = succeeded ? request.Features.Get<SessionFeature>()?.Session?.Id.Value : null,
        };
    }
}
