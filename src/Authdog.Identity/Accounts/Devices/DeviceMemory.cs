using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Login;
using Authdog.Identity.Notices;
using Authdog.Identity.Sessions;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Accounts.Devices;

/// <summary>Remembers each browser in which somebody signs in, and tells the account's owner of one that is new; not of the very first.</summary>
internal sealed class DeviceMemory(IDbContextFactory<DirectoryContext> contexts, DeviceCookie cookie, SecurityNotices notices, TenantOptions<HistoryOptions> options, TimeProvider time) : ISignInListener
{
    public async Task SignedInAsync(HttpContext context, User user, Session session)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{session.Tenant}\n{session.User}\n{cookie.Ensure(context)}")));
        await using var directory = contexts.CreateDbContext();
        directory.UseTenant(() => session.Tenant);
        var now = time.GetUtcNow();
        var own = directory.Set<Device>().Where(device => device.UserId == user.Id);
        if (await own.Where(device => device.Id == id).ExecuteUpdateAsync(set => set.SetProperty(device => device.LastSeenAt, now), CancellationToken.None) > 0)
        {
            return;
        }

        var isFirst = !await own.AnyAsync(CancellationToken.None);
        var browser = BrowserName.Of(context.Request);
        directory.Add(new Device { TenantId = session.Tenant, UserId = user.Id, Id = id, FirstSeenAt = now, LastSeenAt = now, Browser = browser.Browser, System = browser.System });
        try
        {
            await directory.SaveChangesAsync(CancellationToken.None);
        }
        catch (DbUpdateException)
        {
            // Two tabs at once: the other one remembers it, and tells.
            return;
        }

        if (!isFirst && options.Value.NotifyOfNewDevices)
        {
            await notices.SendAsync(context, user, new SecurityNotice("Notice.NewDevice"));
        }
    }
}
