using System.Net;
using Authdog.Gateway.Access;
using Authdog.Gateway.Edge;
using Authdog.Gateway.Edge.RateLimiting;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Sessions;
using Authdog.Policies.Catalog;
using Authdog.Policies.Decisions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Authdog.Gateway.Tests.Edge.RateLimiting;

/// <summary>Which requests a rule counts, and whose count it is.</summary>
[Trait("Threat", "I2")]
public sealed class RateRuleTests
{
    private static readonly PolicyCatalog s_policies = new(Path.Combine(Path.GetTempPath(), "no-policies"), TimeProvider.System);
    private readonly RateRuleSettings _settings = new();
    private readonly DefaultHttpContext _context = new();

    private static CanonicalRequest Plain { get; } = Request();

    [Fact]
    public void ConcernsEverything_WhenItNamesNothing() => Concerns(Plain).ShouldBeTrue();

    [Theory]
    [InlineData("/api", "/api", true)]
    [InlineData("/api", "/api/v1", true)]
    [InlineData("/api", "/API/v1", true)]
    [InlineData("/api", "/apiary", false)]
    [InlineData("/api", "/", false)]
    [InlineData("/api/", "/api/v1", true)]
    [InlineData("/api/", "/api", false)]
    [InlineData("/", "/whatever", true)]
    public void ConcernsAPathAndAllBelowIt_AndExceptsThem(string place, string path, bool below)
    {
        _settings.Paths.Add(place);
        Concerns(Request(path)).ShouldBe(below);

        _settings.Paths.Clear();
        _settings.ExceptPaths.Add(place);
        Concerns(Request(path)).ShouldBe(!below);
    }

    [Fact]
    public void ConcernsTheMethodsItNames()
    {
        _settings.Methods.Add("post");
        Concerns(Plain).ShouldBeFalse();
        Concerns(Plain with { Method = "POST" }).ShouldBeTrue();
    }

    [Fact]
    public void ConcernsTheHostsItNames()
    {
        _settings.Hosts.Add("API.example");
        Concerns(Plain).ShouldBeFalse();
        Concerns(Plain with { Host = "api.example" }).ShouldBeTrue();
    }

    [Fact]
    [Trait("Threat", "I10")]
    public void ConcernsTheTenantsItNames_AndAKeysOwn()
    {
        _settings.Tenants.Add("acme");
        Concerns(Plain).ShouldBeFalse();
        _context.Features.Set(new UsedApiKey("key", TenantId.Parse("acme")));
        Concerns(Plain).ShouldBeFalse("only a rule by key asks whose the key is");

        _settings.By = RateSubject.ApiKey;
        Concerns(Plain).ShouldBeTrue();
    }

    [Fact]
    public void ConcernsTheRoutesItNames()
    {
        _settings.Routes.Add("members");
        Concerns(Plain).ShouldBeFalse("there is no route yet");
        Route("other");
        Concerns(Plain).ShouldBeFalse();
        Route("members");
        Concerns(Plain).ShouldBeTrue();
    }

    [Fact]
    public void ConcernsThePoliciesItNames()
    {
        _settings.Policies.Add("members");
        Concerns(Plain).ShouldBeFalse();
        Decide("other");
        Concerns(Plain).ShouldBeFalse();
        Decide("members");
        Concerns(Plain).ShouldBeTrue();
    }

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("10.2.0.1", false)]
    [InlineData("2001:db8::7", true)]
    [InlineData("2001:db8::8", false)]
    [InlineData(null, false)]
    public void KnowsClientsByAddressAndRange_HoweverTheyAreWritten(string? address, bool known)
    {
        var request = Request(address: address);
        _settings.Networks.Add("10.1.0.0/16");
        _settings.Networks.Add("2001:db8::7");
        Concerns(request).ShouldBe(known);

        _settings.Networks.Clear();
        _settings.AllowList.Add("10.1.0.0/16");
        _settings.AllowList.Add("2001:db8::7");
        Concerns(request).ShouldBe(!known);
    }

    [Theory]
    [InlineData(RateSubject.Address, "198.51.100.7", "client\n198.51.100.7")]
    [InlineData(RateSubject.Address, "::ffff:198.51.100.7", "client\n198.51.100.7")]
    [InlineData(RateSubject.Address, "2001:db8:1:2:3::4", "client\n2001:db8:1:2::/64")]
    [InlineData(RateSubject.Network, "198.51.100.7", "198.51.100.0/24")]
    [InlineData(RateSubject.Network, "2001:db8:1:2:3::4", "2001:db8:1::/48")]
    [InlineData(RateSubject.Tenant, "198.51.100.7", "")]
    [InlineData(RateSubject.Everybody, "198.51.100.7", "")]
    [InlineData(RateSubject.User, "198.51.100.7", "client\n198.51.100.7")]
    [InlineData(RateSubject.Session, "2001:db8:1:2:3::4", "client\n2001:db8:1:2::/64")]
    public void CountsAStranger_ByWhereTheyComeFrom(object by, string address, string subject)
    {
        _settings.By = (RateSubject)by;
        Ask(Request(address: address)).ShouldNotBeNull().Subject.ShouldBe(subject);
    }

    [Theory]
    [InlineData(RateSubject.Route)]
    [InlineData(RateSubject.Policy)]
    [InlineData(RateSubject.ApiKey)]
    public void CountsNobody_WhereThereIsNone(object by)
    {
        _settings.By = (RateSubject)by;
        Ask(Plain).ShouldBeNull();
    }

    [Fact]
    public void CountsUsersFromWhereverTheyCome_AndSessionsApart()
    {
        var user = UserId.New(TimeProvider.System.GetUtcNow());
        string Subject(RateSubject by, string session, string address)
        {
            Decide("members", Session(user, session));
            _settings.By = by;
            return Ask(Request(address: address)).ShouldNotBeNull().Subject;
        }

        Subject(RateSubject.User, "one", "198.51.100.7").ShouldBe(Subject(RateSubject.User, "two", "192.0.2.1"));
        Subject(RateSubject.Session, "one", "198.51.100.7").ShouldBe(Subject(RateSubject.Session, "one", "192.0.2.1"));
        Subject(RateSubject.Session, "one", "192.0.2.1").ShouldNotBe(Subject(RateSubject.Session, "two", "192.0.2.1"));
        Subject(RateSubject.Address, "one", "198.51.100.7").ShouldNotBe(Subject(RateSubject.Address, "one", "192.0.2.1"));
        Subject(RateSubject.Policy, "one", "192.0.2.1").ShouldBe("members");
        Route("files");
        Subject(RateSubject.Route, "one", "192.0.2.1").ShouldBe("files");
    }

    [Fact]
    [Trait("Threat", "I10")]
    public void KeyIsItsTenants_AndANetworkIsNobodys()
    {
        _context.Features.Set(new UsedApiKey("key", TenantId.Parse("acme")));
        _settings.By = RateSubject.ApiKey;
        var ask = Ask(Plain).ShouldNotBeNull();
        (ask.Tenant.Value, ask.Subject, ask.Name).ShouldBe(("acme", "key", "edge-test"));

        _settings.By = RateSubject.Address;
        Ask(Plain).ShouldNotBeNull().Tenant.ShouldBe(TenantId.Default);
    }

    [Fact]
    public void OnlyWatches_InADryRun()
    {
        Ask(Plain).ShouldNotBeNull().IsWatched.ShouldBeFalse();
        _settings.DryRun = true;
        Ask(Plain).ShouldNotBeNull().IsWatched.ShouldBeTrue();
    }

    [Fact]
    public void OwnPathsAloneAreConcernedByARuleForThem_AndAreThereUnasked()
    {
        var rules = new RateRules(Options.Create(new RateLimitingOptions { AllowList = { "10.9.0.0/16" } }), s_policies);
        string Concerning(string path) => string.Join(' ', rules.BeforeRouting.Where(rule => rule.Concerns(_context, Request(path))).Select(rule => rule.Name));

        Concerning("/.authdog/login").ShouldBe("own-pages");
        Concerning("/.Authdog/login").ShouldBe("own-pages");
        Concerning("/.authdog/assets/page.css").ShouldBeEmpty();
        Concerning("/.authdog/api/v1/users").ShouldBe("own-interfaces");
        Concerning("/.authdog/scim/v2/Users").ShouldBe("own-interfaces");
        Concerning("/.authdog/session").ShouldBe("own-interfaces");
        Concerning("/.well-known/authdog/jwks.json").ShouldBe("own-interfaces");
        Concerning("/orders").ShouldBeEmpty();
        rules.Spares(Request(address: "10.9.1.1")).ShouldBeTrue();
        rules.Spares(Plain).ShouldBeFalse();
    }

    [Fact]
    public void RulesStandWhereTheyCanBeJudged()
    {
        RateLimitingOptions options = new() { Pages = { Enabled = false }, Interfaces = { Enabled = false } };
        foreach (var by in Enum.GetValues<RateSubject>())
        {
            options.Rules.Add($"{by}", new RateRuleSettings { By = by });
        }

        options.Rules.Add("of-a-route", new RateRuleSettings { Routes = { "members" } });
        options.Rules.Add("of-a-policy", new RateRuleSettings { Policies = { "members" } });
        var rules = new RateRules(Options.Create(options), s_policies);

        rules.BeforeRouting.Select(rule => rule.Name).ShouldBe(["Address", "Network", "Tenant", "Everybody"]);
        rules.AfterAccess.Select(rule => rule.Name).ShouldBe(["Route", "Policy", "User", "Session", "of-a-route", "of-a-policy"]);
        rules.ByApiKey.Select(rule => rule.Name).ShouldBe(["ApiKey"]);
    }

    private static CanonicalRequest Request(string path = "/x", string? address = "198.51.100.7") =>
        new(path, path, "https", "app.example", address is null ? null : IPAddress.Parse(address));

    private static Session Session(UserId user, string id) => new()
    {
        Id = new SessionId(id),
        Version = 1,
        Tenant = TenantId.Default,
        User = user,
        Email = "ada@example.com",
        EmailVerified = true,
        Name = "Ada",
        Roles = [],
        Factors = [],
        Acr = "aal1",
        Amr = ["pwd"],
        AuthenticatedAt = default,
        CreatedAt = default,
        AbsoluteExpiresAt = default,
    };

    private RateRule Rule() => new("test", _settings, s_policies);

    private bool Concerns(CanonicalRequest request) => Rule().Concerns(_context, request);

    private Identity.Redis.Rates.RateAsk? Ask(CanonicalRequest request) => Rule().Ask(_context, request);

    private void Route(string id) => _context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(new RouteModel(new RouteConfig { RouteId = id }, cluster: null, HttpTransformer.Default)), null));

    private void Decide(string policy, Session? session = null) =>
        _context.Features.Set(new AccessFeature(new AccessDecision(AccessOutcome.Allow, AccessReason.AllowRule, policy, "rule", null, PassesIdentity: true), session));
}
