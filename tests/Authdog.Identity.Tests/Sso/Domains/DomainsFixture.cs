using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Sso.Domains;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Authdog.Identity.Tests.Pages;
using Authdog.Identity.Upkeep;
using Authdog.TestKit.Dns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Sso.Domains;

/// <summary>A gateway whose name server is the test's own.</summary>
public sealed class DomainsFixture : IAsyncLifetime
{
    internal static readonly TenantId Acme = TenantId.Parse("acme");
    internal static readonly TenantId Globex = TenantId.Parse("globex");

    public DnsServer Dns { get; } = DnsServer.Start();

    public PagesHost Host { get; } = new();

    internal DomainVerification Domains => Host.Services.GetRequiredService<DomainVerification>();

    public async ValueTask InitializeAsync()
    {
        Host.With("Sso:Domains:Resolvers:0", Dns.Address).With("Sso:Domains:Timeout", "00:00:00.300").With("Sso:Domains:RecheckInterval", "00:10:00").With("Sso:Domains:Grace", "01:00:00").With("Accounts:Organizations:Offered", "true");
        await Host.InitializeAsync();

        // Rounds are the tests' own.
        await Host.Services.GetRequiredService<UpkeepJob>().StopAsync(CancellationToken.None);
        var tenants = Host.Services.GetRequiredService<TenantDirectory>();
        await tenants.AddAsync(Acme, "Acme", CancellationToken.None);
        await tenants.AddAsync(Globex, "Globex", CancellationToken.None);
        await Host.Services.GetRequiredService<TenantChanges>().TellAsync(Acme);
    }

    /// <summary>Adds a domain and publishes its record.</summary>
    internal async Task<string> PublishAsync(TenantId tenant, string domain)
    {
        var row = (await Domains.AddAsync(tenant, domain, CancellationToken.None)).ShouldBeOfType<DomainChange.Done>().Domain;
        Dns.Set(DomainChallenge.NameOf(row.Domain), "v=something else", DomainChallenge.TextOf(row.Token));
        return row.Domain;
    }

    /// <summary>A verified domain of a tenant, set as wished.</summary>
    internal async Task<string> VerifyAsync(TenantId tenant, string domain, DomainWishes wishes)
    {
        await PublishAsync(tenant, domain);
        (await Domains.VerifyAsync(tenant, domain, CancellationToken.None)).ShouldBeOfType<DomainChange.Done>();
        (await Domains.SetAsync(tenant, domain, wishes, CancellationToken.None)).ShouldBeOfType<DomainChange.Done>();
        return domain;
    }

    /// <summary>Kinds of the audit events that name a domain, oldest first.</summary>
    internal async Task<string[]> EventsAsync(TenantId tenant, string domain)
    {
        await using var context = Host.Services.GetRequiredService<IDbContextFactory<DirectoryContext>>().CreateDbContext();
        context.UseTenant(() => tenant);
        return await context.Set<AuditEntry>().Where(entry => entry.Detail == domain).OrderBy(entry => entry.Id).Select(entry => entry.Kind.ToString()).ToArrayAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Host.Logs.MapperWarnings.ShouldBeEmpty();
        await Host.DisposeAsync();
        await Dns.DisposeAsync();
    }
}
