using System.Net;
using Authdog.Identity.Sso.Saml;

namespace Authdog.Gateway.Tests.Sso;

/// <summary>Single logout from both ends.</summary>
[Collection("saml")]
public sealed class SamlLogoutTests(SamlFixture fixture)
{
    [Theory]
    [InlineData("php")]
    [InlineData("response")]
    public async Task SessionAtTheProviderEnds_WhenSomebodySignsOutHere(string connection)
    {
        await fixture.UseAsync(connection);
        await fixture.RegisterAsync();
        using var ada = fixture.NewVisitor();
        await ada.SignInAsync(SamlFixture.Person, SamlFixture.Login);

        var leaving = await ada.SubmitAsync(await ada.GetAsync("/.authdog/logout"), "/.authdog/logout");
        (await ada.SessionAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var answer = await ada.Provider.OpenAsync(leaving.Elsewhere!);
        var done = await ada.FollowAsync(await ada.GetAsync(answer.Url.PathAndQuery));

        done.Text.ShouldContain("You are signed out");
        done.Text.ShouldNotContain("did not confirm");
        if (connection == "php")
        {
            await ada.SignInAsync(SamlFixture.Person, SamlFixture.Login);
            ada.Provider.SignIns.ShouldBe(2);
        }
    }

    [Theory]
    [InlineData("php")]
    [InlineData("response")]
    public async Task SessionHereEnds_WhenSomebodySignsOutAtTheProvider_AndNoOther(string connection)
    {
        await fixture.UseAsync(connection);
        await fixture.RegisterAsync();
        using var desk = fixture.NewVisitor();
        using var phone = fixture.NewVisitor();
        await desk.SignInAsync(SamlFixture.Person, SamlFixture.Login);
        await phone.SignInAsync(SamlFixture.Person, SamlFixture.Login);

        var request = await desk.Provider.OpenAsync(connection == "php" ? fixture.Php.LogOutAtProvider() : fixture.Samlp.LogOutAtProvider());
        request.Page.ShouldBeNull();
        var answer = await desk.PostOrGetFromElsewhereAsync(request);

        answer.Location!.ShouldStartWith(connection == "php" ? fixture.Php.Url : fixture.Samlp.Url);
        (await desk.SessionAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await phone.SessionAsync()).Status.ShouldBe(HttpStatusCode.OK);
        (await desk.Provider.OpenAsync(answer.Location)).Page!.ShouldStartWith("200");
    }

    [Fact]
    [Trait("Threat", "I8")]
    public async Task LogoutRequestThatIsSentOnceMore_EndsNothing()
    {
        await fixture.UseAsync("php");
        await fixture.RegisterAsync();
        using var ada = fixture.NewVisitor();
        await ada.SignInAsync(SamlFixture.Person, SamlFixture.Login);
        var request = await ada.Provider.OpenAsync(fixture.Php.LogOutAtProvider());
        await ada.PostOrGetFromElsewhereAsync(request);
        await ada.SignInAsync(SamlFixture.Person, SamlFixture.Login);

        (await ada.PostOrGetFromElsewhereAsync(request)).Status.ShouldBe(HttpStatusCode.SeeOther);

        (await ada.SessionAsync()).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Threat", "I8")]
    public async Task UnsignedLogoutRequest_EndsNothing()
    {
        await fixture.UseAsync("php");
        await fixture.RegisterAsync();
        using var ada = fixture.NewVisitor();
        await ada.SignInAsync(SamlFixture.Person, SamlFixture.Login);
        var request = await ada.Provider.OpenAsync(fixture.Php.LogOutAtProvider());
        var unsigned = request.Url.PathAndQuery[..request.Url.PathAndQuery.IndexOf("&SigAlg", StringComparison.Ordinal)];

        (await ada.GetAsync(unsigned)).Status.ShouldBe(HttpStatusCode.BadRequest);

        (await ada.SessionAsync()).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task StaysSignedInThere_WhenTheConnectionSaysSo()
    {
        await fixture.UseAsync("php", new SamlChoices { LogOutThere = false });
        await fixture.RegisterAsync();
        try
        {
            using var ada = fixture.NewVisitor();
            await ada.SignInAsync(SamlFixture.Person, SamlFixture.Login);

            (await ada.SubmitAsync(await ada.GetAsync("/.authdog/logout"), "/.authdog/logout")).Location.ShouldBe("/.authdog/logout");
        }
        finally
        {
            await fixture.UseAsync("php", new SamlChoices { LogOutThere = true });
        }
    }
}
