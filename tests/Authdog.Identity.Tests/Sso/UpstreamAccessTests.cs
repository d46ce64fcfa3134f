using System.Text.Json.Nodes;
using Authdog.Identity.Sessions;
using Authdog.Identity.Sso.Oidc;
using Authdog.Identity.Tests.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Sso;

[Collection(OidcCollection.Name)]
public sealed class UpstreamAccessTests(OidcFixture oidc)
{
    [Fact]
    public async Task RenewsOnce_WhenManyAskForATokenThatIsNearlyOver()
    {
        await using var connection = await ConnectAsync();
        var session = await SignInAsync(connection, lifetime: 20);
        connection.Issuer.Token = answer => (answer["access_token"], answer["refresh_token"]) = ("renewed", "refresh-2");

        var tokens = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => FindAsync(session)));

        tokens.ShouldAllBe(token => token == "renewed" || token == connection.Issuer.AccessToken);
        (await FindAsync(session)).ShouldBe("renewed");
        var form = connection.Issuer.Asked.Where(request => request.Form.GetValueOrDefault("grant_type") == "refresh_token").ShouldHaveSingleItem().Form;
        form["refresh_token"].ShouldBe("refresh-1");
    }

    [Fact]
    public async Task GivesTheOldOne_WhenTheProviderIsAway()
    {
        await using var connection = await ConnectAsync();
        var session = await SignInAsync(connection, lifetime: 20);
        connection.Issuer.Instead["/token"] = context => TestIssuer.JsonAsync(context, [], StatusCodes.Status500InternalServerError);

        (await FindAsync(session)).ShouldBe(connection.Issuer.AccessToken);
    }

    [Fact]
    public async Task AsksNoMore_WhenTheRefreshTokenIsOver()
    {
        await using var connection = await ConnectAsync();
        var session = await SignInAsync(connection, lifetime: 20);
        connection.Issuer.Instead["/token"] = context => TestIssuer.JsonAsync(context, new JsonObject { ["error"] = "invalid_grant" }, StatusCodes.Status400BadRequest);

        await FindAsync(session);
        await FindAsync(session);

        connection.Issuer.Asked.Count(request => request.Form.GetValueOrDefault("grant_type") == "refresh_token").ShouldBe(1);
    }

    [Fact]
    public async Task GivesNone_WhenTheConnectionKeepsNone()
    {
        await using var connection = await oidc.ConnectAsync();

        (await FindAsync(await SignInAsync(connection, lifetime: 300))).ShouldBeNull();
    }

    private Task<TestConnection> ConnectAsync() => oidc.ConnectAsync(settings => settings with { KeepTokens = true });

    private async Task<Session> SignInAsync(TestConnection connection, int lifetime)
    {
        connection.Issuer.Token = answer => (answer["expires_in"], answer["refresh_token"]) = (lifetime, "refresh-1");
        using var browser = oidc.Host.NewBrowser();
        await connection.SignInAsync(browser);
        return await oidc.Host.SessionAsync(browser);
    }

    private async Task<string?> FindAsync(Session session)
    {
        await using var scope = await oidc.Host.ScopeAsync();
        return await scope.ServiceProvider.GetRequiredService<UpstreamAccess>().FindAsync(session, CancellationToken.None);
    }
}
