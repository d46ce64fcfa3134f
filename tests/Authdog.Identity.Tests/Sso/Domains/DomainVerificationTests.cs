using Authdog.Identity.Identifiers;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Domains;
using Authdog.Identity.Upkeep;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Sso.Domains;

/// <summary>A domain is a tenant's while its DNS says so.</summary>
[Collection(DomainsCollection.Name)]
public sealed class DomainVerificationTests(DomainsFixture fixture)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_grace = TimeSpan.FromHours(1);
    private readonly DomainVerification _domains = fixture.Domains;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DomainIsTheTenants_WhenItsDnsHasTheRecord()
    {
        var domain = await fixture.PublishAsync(DomainsFixture.Acme, "Own.Example");

        (await OwnsAsync(DomainsFixture.Acme, domain)).ShouldBeFalse();
        (await _domains.VerifyAsync(DomainsFixture.Acme, domain, Cancel)).ShouldBeOfType<DomainChange.Done>().Domain.VerifiedAt.ShouldNotBeNull();

        (await OwnsAsync(DomainsFixture.Acme, domain)).ShouldBeTrue();
        (await OwnsAsync(DomainsFixture.Globex, domain)).ShouldBeFalse();
        (await fixture.EventsAsync(DomainsFixture.Acme, domain)).ShouldBe(["DomainAdded", "DomainVerified"], ignoreOrder: true);
    }

    [Fact]
    [Trait("Threat", "I10")]
    public async Task RefusesTheDomain_WhenTheRecordIsAnotherTenants()
    {
        await fixture.PublishAsync(DomainsFixture.Acme, "theirs.example");
        await _domains.AddAsync(DomainsFixture.Globex, "theirs.example", Cancel);

        Refusal(await _domains.VerifyAsync(DomainsFixture.Globex, "theirs.example", Cancel)).ShouldBe(DomainRefusal.RecordMissing);
    }

    [Fact]
    [Trait("Threat", "I10")]
    public async Task RefusesTheDomain_WhenAnotherTenantHoldsIt()
    {
        await fixture.PublishAsync(DomainsFixture.Acme, "held.example");
        (await _domains.VerifyAsync(DomainsFixture.Acme, "held.example", Cancel)).ShouldBeOfType<DomainChange.Done>();
        await fixture.PublishAsync(DomainsFixture.Globex, "held.example");

        Refusal(await _domains.VerifyAsync(DomainsFixture.Globex, "held.example", Cancel)).ShouldBe(DomainRefusal.HeldElsewhere);
        (await OwnsAsync(DomainsFixture.Acme, "held.example")).ShouldBeTrue();
        (await OwnsAsync(DomainsFixture.Globex, "held.example")).ShouldBeFalse();

        (await _domains.RemoveAsync(DomainsFixture.Acme, "held.example", Cancel)).ShouldBeOfType<DomainChange.Done>();
        (await _domains.VerifyAsync(DomainsFixture.Globex, "held.example", Cancel)).ShouldBeOfType<DomainChange.Done>();
        (await OwnsAsync(DomainsFixture.Acme, "held.example")).ShouldBeFalse();
    }

    [Fact]
    public async Task OneTenantGetsTheDomain_WhenTwoVerifyItAtOnce()
    {
        var tokens = new List<string>();
        foreach (var tenant in new[] { DomainsFixture.Acme, DomainsFixture.Globex })
        {
            tokens.Add((await _domains.AddAsync(tenant, "race.example", Cancel)).ShouldBeOfType<DomainChange.Done>().Domain.Token);
        }

        fixture.Dns.Set(DomainChallenge.NameOf("race.example"), [.. tokens.Select(DomainChallenge.TextOf)]);
        var both = await Task.WhenAll(_domains.VerifyAsync(DomainsFixture.Acme, "race.example", Cancel), _domains.VerifyAsync(DomainsFixture.Globex, "race.example", Cancel));

        both.Count(change => change is DomainChange.Done).ShouldBe(1);
    }

    [Theory]
    [InlineData("gmail.com", DomainRefusal.Shared)]
    [InlineData("co.uk", DomainRefusal.Shared)]
    [InlineData("example.com.", DomainRefusal.NotADomain)]
    [InlineData("ada@example.com", DomainRefusal.NotADomain)]
    public async Task RefusesToAdd_WhenNobodyCanOwnIt(string domain, DomainRefusal expected) =>
        Refusal(await _domains.AddAsync(DomainsFixture.Acme, domain, Cancel)).ShouldBe(expected);

    [Fact]
    public async Task RefusesTheDomain_WhenItWasNeverAdded() =>
        Refusal(await _domains.VerifyAsync(DomainsFixture.Acme, "never-added.example", Cancel)).ShouldBe(DomainRefusal.NotAdded);

    [Fact]
    public async Task FindsTheRecord_WhenItIsLongWrappedInQuotesOrInAnotherScript()
    {
        var row = (await _domains.AddAsync(DomainsFixture.Acme, "bücher.example", Cancel)).ShouldBeOfType<DomainChange.Done>().Domain;
        row.Domain.ShouldBe("xn--bcher-kva.example");
        fixture.Dns.Set(DomainChallenge.NameOf(row.Domain), new string('x', 700), $" \"{DomainChallenge.TextOf(row.Token)}\" ");

        (await _domains.VerifyAsync(DomainsFixture.Acme, "BÜCHER.example", Cancel)).ShouldBeOfType<DomainChange.Done>();
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 2)]
    [InlineData(false, 5)]
    public async Task SaysThatNobodyKnows_WhenTheNameServerFails(bool silent, int status)
    {
        await fixture.PublishAsync(DomainsFixture.Acme, "unanswered.example");
        (fixture.Dns.IsSilent, fixture.Dns.Status) = (silent, status);
        try
        {
            Refusal(await _domains.VerifyAsync(DomainsFixture.Acme, "unanswered.example", Cancel)).ShouldBe(DomainRefusal.Unanswered);
        }
        finally
        {
            (fixture.Dns.IsSilent, fixture.Dns.Status) = (false, 0);
        }
    }

    [Fact]
    public async Task DomainIsLostAfterTheGrace_WhenItsRecordStaysAway()
    {
        var domain = await fixture.PublishAsync(DomainsFixture.Acme, "lapsed.example");
        await _domains.VerifyAsync(DomainsFixture.Acme, domain, Cancel);

        // At the next look all is well, and a name server that fails changes nothing.
        await PassAsync(s_interval);
        fixture.Dns.Status = 2;
        await PassAsync(s_grace);
        fixture.Dns.Status = 0;
        (await OwnsAsync(DomainsFixture.Acme, domain)).ShouldBeTrue();

        fixture.Dns.Remove(DomainChallenge.NameOf(domain));
        await PassAsync(s_interval);
        (await OwnsAsync(DomainsFixture.Acme, domain)).ShouldBeTrue();
        (await StateAsync(domain)).MissingSince.ShouldNotBeNull();

        await PassAsync(s_grace);
        (await OwnsAsync(DomainsFixture.Acme, domain)).ShouldBeFalse();
        (await fixture.EventsAsync(DomainsFixture.Acme, domain)).ShouldBe(["DomainAdded", "DomainVerified", "DomainMissing", "DomainLost"], ignoreOrder: true);
    }

    [Fact]
    public async Task DomainStays_WhenItsRecordComesBackWithinTheGrace()
    {
        var domain = await fixture.PublishAsync(DomainsFixture.Acme, "back.example");
        var row = (await _domains.VerifyAsync(DomainsFixture.Acme, domain, Cancel)).ShouldBeOfType<DomainChange.Done>().Domain;
        fixture.Dns.Remove(DomainChallenge.NameOf(domain));
        await PassAsync(s_interval);
        fixture.Dns.Set(DomainChallenge.NameOf(domain), DomainChallenge.TextOf(row.Token));
        await PassAsync(s_interval);
        await PassAsync(s_grace);

        (await StateAsync(domain)).MissingSince.ShouldBeNull();
        (await OwnsAsync(DomainsFixture.Acme, domain)).ShouldBeTrue();
    }

    [Fact]
    public async Task AsksOnceInAnInterval_WhenUpkeepRunsMoreOften()
    {
        var domain = await fixture.PublishAsync(DomainsFixture.Globex, "often.example");
        await _domains.VerifyAsync(DomainsFixture.Globex, domain, Cancel);
        await PassAsync(s_interval);
        var before = fixture.Dns.Questions;

        await PassAsync(s_interval / 3);
        await PassAsync(s_interval / 3);

        fixture.Dns.Questions.ShouldBe(before);
    }

    private static DomainRefusal Refusal(DomainChange change) => change.ShouldBeOfType<DomainChange.Refused>().Reason;

    private async Task PassAsync(TimeSpan time)
    {
        fixture.Host.Time.Advance(time);
        await fixture.Host.Services.GetRequiredService<UpkeepJob>().RunAsync(Cancel);
    }

    private async Task<TenantDomain> StateAsync(string domain) => (await _domains.ListAsync(DomainsFixture.Acme, Cancel)).Single(row => row.Domain == domain);

    private async Task<bool> OwnsAsync(TenantId tenant, string domain) => await fixture.Host.Services.GetRequiredService<TenantDomains>().OwnsAsync(tenant, domain, Cancel);
}
