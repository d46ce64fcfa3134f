using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Oidc;
using Authdog.Identity.Storage;
using Authdog.Identity.Tests.Pages;
using Authdog.Identity.Upkeep;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Sso;

/// <summary>The gateway's pages and a provider; each test connects them anew.</summary>
public sealed class OidcFixture : IAsyncLifetime
{
    private TestProvider _provider = null!;

    public PagesHost Host { get; } = new PagesHost().With("Sso:AllowPrivateNetworks", "true").With("Sso:Timeout", "00:00:02").With("Sso:BreakGlass:0", "breakglass@enforced.test");

    public async ValueTask InitializeAsync()
    {
        _provider = await TestProvider.StartAsync();
        await Host.InitializeAsync();

        // Rounds are the tests' own.
        await Host.Services.GetRequiredService<UpkeepJob>().StopAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        Host.Logs.MapperWarnings.ShouldBeEmpty();
        await Host.DisposeAsync();
        await _provider.DisposeAsync();
    }

    /// <summary>A new issuer that nobody is connected to yet.</summary>
    internal TestIssuer NewIssuer() => _provider.NewIssuer(Host.Time);

    /// <summary>A new connection to a new issuer, with a verified domain of its own.</summary>
    internal async Task<TestConnection> ConnectAsync(Func<OidcSettings, OidcSettings>? settings = null, Action<Connection>? change = null, string? domain = null, bool verified = true)
    {
        var issuer = NewIssuer();
        var slug = "c" + Guid.NewGuid().ToString("N")[..10];
        var now = Host.Time.GetUtcNow();
        Connection row = new() { TenantId = TenantId.Default, Id = Guid.CreateVersion7(), Slug = slug, Kind = ConnectionKind.Oidc, Name = "Acme", Settings = "{}", CreatedAt = now, UpdatedAt = now };
        OidcSettings chosen = new() { Issuer = issuer.Url, ClientId = TestIssuer.Client, ClientSecret = Host.Services.GetRequiredService<ConnectionSecrets>().Protect(row, TestIssuer.Secret) };
        row.Settings = (settings?.Invoke(chosen) ?? chosen).ToJson();
        change?.Invoke(row);
        var changes = Host.Services.GetRequiredService<ConnectionChanges>();
        (await changes.AddAsync(row, CancellationToken.None)).ShouldBeOfType<ConnectionChange.Done>();
        domain ??= slug + ".test";
        if (verified)
        {
            await using var context = Host.Services.GetRequiredService<IDbContextFactory<DirectoryContext>>().CreateDbContext();
            context.UseTenant(() => TenantId.Default);
            context.Add(new TenantDomain { TenantId = TenantId.Default, Domain = domain, ConnectionId = row.Id, VerifiedAt = now, CreatedAt = now });
            await context.SaveChangesAsync();
            await changes.TellAsync(TenantId.Default);
        }

        return new TestConnection(Host, row, domain, issuer);
    }

    /// <summary>The details of what was written of failed sign-ins elsewhere, newest last.</summary>
    internal async Task<IReadOnlyList<string>> FailuresAsync(string slug)
    {
        await using var context = Host.Services.GetRequiredService<IDbContextFactory<DirectoryContext>>().CreateDbContext();
        context.UseTenant(() => TenantId.Default);
        return await context.Set<AuditEntry>().Where(entry => entry.Kind == AuditEventKind.ExternalSignInFailed && entry.Detail!.StartsWith(slug)).OrderBy(entry => entry.Id).Select(entry => entry.Detail!).ToListAsync();
    }
}
