using System.Diagnostics.Metrics;
using System.Net;
using Authdog.Identity.Sso.Saml;
using Authdog.TestKit;
using Authdog.TestKit.Saml;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Gateway.Tests.Sso;

/// <summary>Genuine answers of an identity provider that come where, when or in whose browser they should not. The forged ones are in the tests of the verifier.</summary>
[Collection("saml")]
[Trait("Threat", "I8")]
public sealed class SamlAttackTests(SamlFixture fixture)
{
    private CounterTags Doors() => new(fixture.Gateway.Services.GetRequiredService<IMeterFactory>(), "authdog.sign_in.failures", "door");

    [Fact]
    public async Task Replay_SignsNobodyIn()
    {
        var (ada, arrival) = await BeginAsync();
        using (ada)
        {
            (await ada.ArriveAsync(arrival)).Html.ShouldStartWith("app for");

            // It counts as a try at the door, as a wrong password would (I2).
            using var doors = Doors();
            Refused(await ada.PostFromElsewhereAsync(arrival.Url.PathAndQuery, arrival.Fields!), "This sign-in is over");
            using var thief = fixture.NewVisitor();
            Refused(await thief.ArriveAsync(arrival), "This sign-in is over");
            doors.Seen.ShouldBe(["saml", "saml"]);
        }
    }

    [Fact]
    public async Task ReplayOfOneAssertionAtManyNodesAtOnce_SignsInOnce()
    {
        var (ada, arrival) = await BeginAsync();
        using (ada)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ada.PostFromElsewhereAsync(arrival.Url.PathAndQuery, arrival.Fields!)));

            answers.Count(static answer => answer.Status is HttpStatusCode.SeeOther).ShouldBe(1);
        }
    }

    [Fact]
    public async Task ExpiredAssertion_SignsNobodyIn()
    {
        var (ada, arrival) = await BeginAsync();
        using (ada)
        {
            fixture.Time.Shift = TimeSpan.FromMinutes(15);
            try
            {
                Refused(await ada.ArriveAsync(arrival), "This sign-in is over");
            }
            finally
            {
                fixture.Time.Shift = TimeSpan.Zero;
            }
        }
    }

    [Fact]
    public async Task LoginCsrf_AnotherBrowsersAnswer_SignsNobodyIn()
    {
        // The attacker signs in as himself up to the answer, and has the victim's browser post it.
        var (attacker, arrival) = await BeginAsync();
        using (attacker)
        {
            using var victim = fixture.NewVisitor();
            await victim.GetAsync(SamlFixture.Login);

            Refused(await victim.ArriveAsync(arrival), "This sign-in is over");
            (await victim.SessionAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task StolenArrivalLink_OpensNothingInAnotherBrowser_AndNothingTwice()
    {
        var (ada, arrival) = await BeginAsync();
        using (ada)
        {
            var link = (await ada.PostFromElsewhereAsync(arrival.Url.PathAndQuery, arrival.Fields!)).Location!;
            using var thief = fixture.NewVisitor();

            Refused(await thief.GetAsync(link), "This sign-in is over");
            Refused(await ada.GetAsync(link), "This sign-in is over");
        }
    }

    [Fact]
    [Trait("Threat", "I10")]
    public async Task AnswerForOneTenantsConnection_SignsNobodyIn_AtAnotherTenants()
    {
        var (ada, arrival) = await BeginAsync();
        using (ada)
        {
            var globex = new Uri((await fixture.PublishedAsync(SamlFixture.Globex, "php")).AssertionConsumerService).PathAndQuery;

            Refused(await ada.PostFromElsewhereAsync(globex, arrival.Fields!), "We cannot trust this answer");
            var link = (await ada.PostFromElsewhereAsync(arrival.Url.PathAndQuery, arrival.Fields!)).Location!;
            Refused(await ada.GetAsync(link.Replace("tenant=acme", "tenant=globex", StringComparison.Ordinal)), "This sign-in is over");
        }
    }

    [Fact]
    public async Task WrongAudience_SignsNobodyIn()
    {
        var published = await fixture.UseAsync("php", new SamlChoices { AllowIdpInitiated = true });
        await fixture.RegisterAsync(null, SamlFixture.Registration(published) with { EntityId = "https://elsewhere.example/sp" });
        try
        {
            using var ada = fixture.NewVisitor();
            var arrival = await ada.Provider.OpenAsync(fixture.Php.BeginAtProvider("https://elsewhere.example/sp", "x"));

            using var doors = Doors();
            Refused(await ada.ArriveAsync(arrival), "We cannot trust this answer");
            doors.Seen.ShouldBeEmpty("the provider was set up so");
            fixture.Gateway.Logs.Lines.ShouldContain(static line => line.Contains("AG5306", StringComparison.Ordinal));
        }
        finally
        {
            await fixture.UseAsync("php", new SamlChoices { AllowIdpInitiated = false });
            await fixture.RegisterAsync();
        }
    }

    [Fact]
    public async Task Unsolicited_SignsNobodyIn_UnlessTheConnectionAllowsIt_AndLeadsWhereThatSays()
    {
        var published = await fixture.UseAsync("php");
        await fixture.RegisterAsync();
        using var ada = fixture.NewVisitor();
        async Task<SamlArrival> AtProviderAsync(Visitor person) => await person.Provider.OpenAsync(fixture.Php.BeginAtProvider(published.EntityId, "https://evil.example/"));
        Refused(await ada.ArriveAsync(await AtProviderAsync(ada)), "This sign-in is over");

        await fixture.UseAsync("php", new SamlChoices { AllowIdpInitiated = true, IdpInitiatedPath = "/members/home" });
        try
        {
            (await ada.ArriveAsync(await AtProviderAsync(ada))).Html.ShouldStartWith("app for ada@example.com");

            // Somebody who is signed in is not taken out of their account by a page of somebody else's.
            using var grace = fixture.NewVisitor();
            grace.Hold(await fixture.SessionOfAsync("grace@example.com"));
            Refused(await grace.ArriveAsync(await AtProviderAsync(grace)), "This is another account", HttpStatusCode.Forbidden);
        }
        finally
        {
            await fixture.UseAsync("php", new SamlChoices { AllowIdpInitiated = false, IdpInitiatedPath = "/" });
        }
    }

    [Fact]
    public async Task AnswerOfALoginThatWentElsewhere_SignsNobodyIn()
    {
        var (ada, arrival) = await BeginAsync();
        using (ada)
        {
            // The login asks again: the first question is over.
            await ada.IdentifyAsync(SamlFixture.Person, SamlFixture.Login);
            var state = arrival.Fields!.Single(static field => field.Key == "RelayState").Value;
            await ada.GetAsync($"/.authdog/login?flow={state[..22]}&return=%2Fmembers%2Fx");

            Refused(await ada.ArriveAsync(arrival), "This sign-in is over");
        }
    }

    [Theory]
    [InlineData("RelayState", "")]
    [InlineData("RelayState", "/members/x")]
    [InlineData("RelayState", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task ChangedRelayState_SignsNobodyIn(string field, string value)
    {
        var (ada, arrival) = await BeginAsync();
        using (ada)
        {
            var changed = arrival.Fields!.Select(pair => pair.Key == field ? KeyValuePair.Create(field, value) : pair);
            Refused(await ada.PostFromElsewhereAsync(arrival.Url.PathAndQuery, changed), "This sign-in is over");
        }
    }

    [Theory]
    [InlineData("SAMLart", "AAQAAMh48/1oXIM+sDo7Dh2qMp1HM4IF5DaRNmDj6RdUmllwn9jJHyEgIi8=", "AG5011")]
    [InlineData("SAMLResponse", "%%%", "AG5003")]
    [InlineData("SAMLResponse", "PCFET0NUWVBFIHggWzwhRU5USVRZIGEgImIiPl0+PHgvPg==", "AG5006")]
    [InlineData("nothing", "x", "AG5001")]
    public async Task WhatIsNoResponse_IsRefusedWithItsReasonForTheAdministrator(string field, string value, string code)
    {
        await fixture.UseAsync("php");
        using var anybody = fixture.NewVisitor();

        Refused(await anybody.PostFromElsewhereAsync("/.authdog/saml/php/acs?tenant=acme", [KeyValuePair.Create(field, value)]), "We cannot trust this answer");

        fixture.Gateway.Logs.Lines.ShouldContain(line => line.Contains(code, StringComparison.Ordinal));
    }

    [Theory]
    [Trait("Threat", "B18")]
    [InlineData(600 * 1024, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(400 * 1024, HttpStatusCode.BadRequest)]
    public async Task HugeForm_IsRefusedBeforeItIsLookedAt(int bytes, HttpStatusCode expected)
    {
        await fixture.UseAsync("php");
        using var anybody = fixture.NewVisitor();

        (await anybody.PostFromElsewhereAsync("/.authdog/saml/php/acs?tenant=acme", [KeyValuePair.Create("SAMLResponse", new string('A', bytes))])).Status.ShouldBe(expected);
    }

    private async Task<(Visitor Visitor, SamlArrival Arrival)> BeginAsync()
    {
        await fixture.UseAsync("php");
        await fixture.RegisterAsync();
        var visitor = fixture.NewVisitor();
        var arrival = await visitor.PassAsync(await visitor.IdentifyAsync(SamlFixture.Person, SamlFixture.Login));
        arrival.Fields.ShouldNotBeNull(arrival.Page);
        return (visitor, arrival);
    }

    private static void Refused(Visitor.Seen page, string title, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        page.Status.ShouldBe(status, page.Html);
        page.Text.ShouldContain(title);
    }
}
