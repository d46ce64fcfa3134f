using System.Net;
using Authdog.Identity.ApiKeys;
using Authdog.Identity.Identifiers;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Console.Tests.Api;

[Collection(ApiCollection.Name)]
public sealed class ApiKeyTests(ApiHost host)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task IsRefusedWithTheNextCall_WhenItIsRevoked()
    {
        var key = await host.KeyAsync("acme", ApiScopes.UsersRead);
        ApiKeyText.TryParse(key, out var text).ShouldBeTrue();
        (await host.SendAsync("GET", "tenants/acme/users", key)).Status.ShouldBe(HttpStatusCode.OK);
        (await Keys.ListAsync(TenantId.Parse("acme"), Cancel)).ShouldContain(row => row.Id == text.Id && row.LastUsedAt != null);

        (await Keys.RevokeAsync(text.Id, Cancel)).ShouldBeTrue();

        (await host.SendAsync("GET", "tenants/acme/users", key)).Challenge.ShouldContain("invalid_token");
        (await Keys.RevokeAsync(text.Id, Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task OnlyItsHashIsKept_WhenAKeyIsMade()
    {
        var (key, text) = await Keys.AddAsync(null, "x", [ApiScopes.UsersRead], TimeSpan.FromDays(1), Cancel);

        text.Reveal().ShouldStartWith("adk_" + key.Id + "_");
        text.ToString().ShouldNotContain(text.Reveal()[^43..]);
        key.SecretHash.ShouldNotContain(text.Reveal()[^43..]);
        ApiKeyText.TryParse(text.Reveal()[..^1], out _).ShouldBeFalse();
        ApiKeyText.TryParse(text.Reveal() + "A", out _).ShouldBeFalse();
        ApiKeyText.TryParse(text.Reveal().ToUpperInvariant(), out _).ShouldBeFalse();
    }

    [Fact]
    public async Task IsRefused_WhenOnlyTheIdIsRight()
    {
        var one = await host.KeyAsync("acme", ApiScopes.UsersRead);
        var other = await host.KeyAsync("acme", ApiScopes.UsersRead);

        (await host.SendAsync("GET", "tenants/acme/users", one[..25] + other[25..])).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private ApiKeyDirectory Keys => host.Services.GetRequiredService<ApiKeyDirectory>();
}
