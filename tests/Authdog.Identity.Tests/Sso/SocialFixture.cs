using System.Text;
using System.Text.Json.Nodes;
using Authdog.Identity.Tests.Pages;

namespace Authdog.Identity.Tests.Sso;

/// <summary>The gateway's pages with two providers of section <c>Social</c>: one that speaks OpenID Connect, one that speaks OAuth 2.0 alone and lists addresses as GitHub does.</summary>
public sealed class SocialFixture : IAsyncLifetime
{
    private TestProvider _provider = null!;
    private int _person = 4710;

    public PagesHost Host { get; } = new();

    internal TestIssuer Acme { get; private set; } = null!;

    internal TestIssuer Hub { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _provider = await TestProvider.StartAsync();
        Acme = _provider.NewIssuer(Host.Time);
        Hub = _provider.NewIssuer(Host.Time);
        Hub.Token = answer => answer.Remove("id_token");
        await Host
            .With("Sso:AllowPrivateNetworks", "true")
            .With("Social:Providers:acme:Name", "Acme Social")
            .With("Social:Providers:acme:Issuer", Acme.Url)
            .With("Social:Providers:acme:ClientId", TestIssuer.Client)
            .With("Social:Providers:acme:ClientSecret", TestIssuer.Secret)
            .With("Social:Providers:hub:Preset", "github")
            .With("Social:Providers:hub:ClientId", TestIssuer.Client)
            .With("Social:Providers:hub:ClientSecret", TestIssuer.Secret)
            .With("Social:Providers:hub:AuthorizationEndpoint", Hub.Url + "/authorize")
            .With("Social:Providers:hub:TokenEndpoint", Hub.Url + "/token")
            .With("Social:Providers:hub:UserEndpoint", Hub.Url + "/user")
            .With("Social:Providers:hub:EmailEndpoint", Hub.Url + "/emails")
            .InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _provider.DisposeAsync();
    }

    /// <summary>Somebody whom neither provider has named before; both answer as they should again.</summary>
    internal void Meet()
    {
        var id = ++_person;
        Acme.Person = new JsonObject { ["sub"] = $"person-{id}", ["email"] = $"person-{id}@example.com", ["name"] = "Ada Lovelace" };
        Acme.Instead.Clear();
        Hub.Instead.Clear();
        Hub.Instead["/user"] = context => TestIssuer.JsonAsync(context, new JsonObject { ["id"] = id, ["name"] = "Grace Hopper" });
    }

    /// <summary>The addresses that the provider without OpenID Connect lists.</summary>
    internal void List(string email, bool verified) => Hub.Instead["/emails"] = async context =>
    {
        JsonArray addresses =
        [
            new JsonObject { ["email"] = "other@example.com", ["primary"] = false, ["verified"] = true },
            new JsonObject { ["email"] = email, ["primary"] = true, ["verified"] = verified },
        ];
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(addresses.ToJsonString()));
    };
}
