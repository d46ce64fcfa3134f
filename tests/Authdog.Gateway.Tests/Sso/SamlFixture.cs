using System.Globalization;
using Authdog.Gateway.Tests.Hosting;
using Authdog.Identity;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Sessions;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Domains;
using Authdog.Identity.Sso.Saml;
using Authdog.Identity.Tenants;
using Authdog.TestKit;
using Authdog.TestKit.Dns;
using Authdog.TestKit.Saml;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Authdog.Gateway.Tests.Sso;

/// <summary>One gateway with two customers on its shared host, their identity providers (SimpleSAMLphp and samlp), and a name server that says that <c>example.com</c> is acme's.</summary>
public sealed class SamlFixture : IAsyncLifetime
{
    internal const string Person = "ada@example.com";
    internal const string Login = "/.authdog/login?tenant=acme&return=%2Fmembers%2Fx";
    internal static readonly TenantId Acme = TenantId.Parse("acme");
    internal static readonly TenantId Globex = TenantId.Parse("globex");
    private const string Gcm = "http://www.w3.org/2009/xmlenc11#aes256-gcm";
    private const string Cbc = "http://www.w3.org/2001/04/xmlenc#aes256-cbc";
    private Upstream _upstream = null!;

    internal GatewayHost Gateway { get; private set; } = null!;

    internal Uri Url { get; private set; } = null!;

    internal ShiftedTime Time { get; } = new();

    internal DnsServer Dns { get; } = DnsServer.Start();

    internal SimpleSamlPhpServer Php { get; private set; } = null!;

    internal SamlpServer Samlp { get; private set; } = null!;

    internal SamlSetup Setup => Gateway.Services.GetRequiredService<SamlSetup>();

    internal ConnectionChanges Changes => Gateway.Services.GetRequiredService<ConnectionChanges>();

    internal DomainVerification Domains => Gateway.Services.GetRequiredService<DomainVerification>();

    public async ValueTask InitializeAsync()
    {
        _upstream = await Upstream.StartAsync(static app => app.Map("/{**any}", static (Microsoft.AspNetCore.Http.HttpContext context) => $"app for {context.Request.Headers["X-Authdog-Email"]} roles {context.Request.Headers["X-Authdog-Roles"]}"));
        var port = FreePort.Next();
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}"));
        Gateway = await GatewayHost.StartAsync(new GatewayHostSettings { Port = port, MapOwn = static own => own.MapAuthdogIdentity(), Configure = services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Time)) }
            .Set("Gateway:PublicUrl", Url.GetLeftPart(UriPartial.Authority))
            .Set("Sso:AllowPrivateNetworks", "true")
            .Set("Sso:Domains:Resolvers:0", Dns.Address)
            .SignedInPolicy()
            .Route("members", "/members/{**rest}", "members", _upstream.Url));
        var tenants = Gateway.Services.GetRequiredService<TenantDirectory>();
        foreach (var id in new[] { Acme, Globex })
        {
            await tenants.AddAsync(id, id.Value, CancellationToken.None);
            await Gateway.Services.GetRequiredService<TenantChanges>().TellAsync(id);
        }

        await VerifyDomainAsync(Acme, "example.com");
        Php = await SimpleSamlPhpServer.StartAsync();
        await StartSamlpAsync();
        await AddAsync(Acme, "php", new SamlChoices { MetadataUrl = Php.EntityId });
        await AddAsync(Globex, "php", new SamlChoices { MetadataUrl = Php.EntityId });
        await RegisterAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Php.DisposeAsync();
        await Samlp.DisposeAsync();
        await Dns.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    internal Visitor NewVisitor() => new(Url);

    /// <summary>Publishes the record of a domain and verifies it.</summary>
    internal async Task VerifyDomainAsync(TenantId tenant, string domain)
    {
        var row = (await Domains.AddAsync(tenant, domain, CancellationToken.None)).ShouldBeOfType<DomainChange.Done>().Domain;
        Dns.Set(DomainChallenge.NameOf(domain), DomainChallenge.TextOf(row.Token));
        (await Domains.VerifyAsync(tenant, domain, CancellationToken.None)).ShouldBeOfType<DomainChange.Done>();
    }

    internal async Task AddAsync(TenantId tenant, string slug, SamlChoices choices)
    {
        var now = Time.GetUtcNow();
        var connection = new Connection { TenantId = tenant, Id = Guid.CreateVersion7(), Slug = slug, Kind = ConnectionKind.Saml, Name = $"{tenant.Value} {slug}", Settings = "{}", CreatedAt = now, UpdatedAt = now };
        Done(await Setup.AddAsync(connection, choices, CancellationToken.None));
    }

    /// <summary>Leads acme's people to a connection, which is set as given.</summary>
    internal async Task<SamlPublished> UseAsync(string slug, SamlChoices? choices = null, Action<Connection>? further = null)
    {
        Done(await Setup.SetAsync(Acme, slug, choices ?? new SamlChoices(), further, CancellationToken.None));
        Done(await Changes.BindAsync(Acme, "example.com", slug, CancellationToken.None));
        return await PublishedAsync(Acme, slug);
    }

    internal async Task<SamlPublished> PublishedAsync(TenantId tenant, string slug) => (await Setup.PublishedAsync(tenant, slug, CancellationToken.None))!;

    /// <summary>Tells SimpleSAMLphp of both customers' connections.</summary>
    internal async Task RegisterAsync(Func<SamlServiceRegistration, SamlServiceRegistration>? change = null, params SamlServiceRegistration[] further)
    {
        var acme = Registration(await PublishedAsync(Acme, "php")) with { RequireSignedRequests = true };
        Php.Register([change?.Invoke(acme) ?? acme, Registration(await PublishedAsync(Globex, "php")), .. further]);
    }

    internal static SamlServiceRegistration Registration(SamlPublished published) => new(published.EntityId, published.AssertionConsumerService, published.SingleLogoutService)
    {
        SigningCertificates = [.. published.SigningCertificates.Take(1)],
    };

    /// <summary>A live session of somebody else at acme, as a cookie.</summary>
    internal async Task<string> SessionOfAsync(string email)
    {
        var now = Time.GetUtcNow();
        var session = new NewSession(Acme, UserId.New(now), new SessionProfile(email, EmailVerified: true, "Grace", []), [AuthenticationFactor.Password(now)], null, null);
        return $"authdog={(await Gateway.Services.GetRequiredService<SessionStore>().IssueAsync(session, null, CancellationToken.None)).Token.Value}";
    }

    internal static void Done(ConnectionChange change) => change.ShouldBeOfType<ConnectionChange.Done>(change is ConnectionChange.Refused refused ? string.Join('\n', refused.Mistakes) : null);

    // samlp reads its service providers at its start: the connections come first, and learn of it afterwards.
    private async Task StartSamlpAsync()
    {
        (string Slug, Func<SamlServiceRegistration, string, SamlServiceRegistration> Set)[] kinds =
        [
            ("assertion", static (service, _) => service with { RequireSignedRequests = true }),
            ("response", static (service, _) => service with { SignResponse = true, SignAssertion = false }),
            ("gcm", static (service, key) => service with { EncryptionCertificate = key, EncryptionAlgorithm = Gcm, SignResponse = true }),
            ("cbc", static (service, key) => service with { EncryptionCertificate = key, EncryptionAlgorithm = Cbc }),
        ];
        List<SamlServiceRegistration> services = [];
        foreach (var (slug, set) in kinds)
        {
            await AddAsync(Acme, slug, new SamlChoices());
            var published = await PublishedAsync(Acme, slug);
            services.Add(set(Registration(published), published.EncryptionCertificates[0]));
        }

        Samlp = await SamlpServer.StartAsync([.. services]);
        foreach (var (slug, _) in kinds)
        {
            Done(await Setup.SetAsync(Acme, slug, new SamlChoices { MetadataUrl = Samlp.MetadataUrl }, null, CancellationToken.None));
        }
    }
}
