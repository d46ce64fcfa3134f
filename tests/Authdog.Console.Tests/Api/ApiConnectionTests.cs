using System.Net;
using System.Text.Json.Nodes;

namespace Authdog.Console.Tests.Api;

/// <summary>Connections, set-up links and domains by the management API: judged as commands are.</summary>
[Collection(ApiCollection.Name)]
public sealed class ApiConnectionTests(ApiHost host)
{
    private const string Connections = "tenants/acme/connections";
    private const string Links = "tenants/acme/setup-links";
    private readonly string _id = "c" + Guid.NewGuid().ToString("N")[..10];

    [Fact]
    public async Task OidcConnectionLives_WhenMadeChangedAndDeleted()
    {
        var made = await host.SendAsync("POST", Connections, host.AcmeKey, $$"""
            { "id": "{{_id}}", "kind": "oidc", "name": "Okta", "oidc": { "issuer": "https://login.example.invalid", "clientId": "abc", "clientSecret": "very secret", "scopes": ["email"], "settings": { "userInfo": false } },
              "mapping": { "groups": "realm.groups", "defaultRoles": ["member"] } }
            """);

        (made.Status, made.Location).ShouldBe((HttpStatusCode.Created, $"{ApiHost.Root}/{Connections}/{_id}"), made.Json?.ToJsonString());
        made.Json!.ToJsonString().ShouldNotContain("very secret");
        made.Json["settings"]!["clientSecret"]!.GetValue<string>().ShouldBe("(kept encrypted)");
        (made.Json["settings"]!["userInfo"]!.GetValue<bool>(), made.Json["mapping"]!["groups"]!.GetValue<string>()).ShouldBe((false, "realm.groups"));
        made.Json["addresses"]!["redirect_uri"]!.GetValue<string>().ShouldEndWith($"/.authdog/oidc/{_id}/callback?tenant=acme");

        var changed = await host.SendAsync("PATCH", made.Location!, host.AcmeKey, """{ "enabled": false, "oidc": { "authentication": "private_key_jwt", "settings": { "stepUpAcr": "mfa" } } }""");

        changed.Status.ShouldBe(HttpStatusCode.OK, changed.Json?.ToJsonString());
        ((string?)changed.Json!["settings"]!["authentication"], (string?)changed.Json["settings"]!["stepUpAcr"], (string?)changed.Json["settings"]!["issuer"]).ShouldBe(("private_key_jwt", "mfa", "https://login.example.invalid"));
        changed.ETag.ShouldBe((await host.SendAsync("GET", made.Location!, host.AcmeKey)).ETag);
        (await host.SendAsync("POST", Connections, host.AcmeKey, $$"""{ "id": "{{_id}}", "kind": "oidc", "enabled": false }""")).Status.ShouldBe(HttpStatusCode.Conflict);
        (await host.SendAsync("DELETE", made.Location!, host.AcmeKey)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await host.SendAsync("GET", made.Location!, host.AcmeKey)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task SamlConnectionLives_WhenMadeAndChanged()
    {
        var made = await host.SendAsync("POST", Connections, host.AcmeKey, $$"""{ "id": "{{_id}}", "kind": "saml", "saml": { "binding": "post", "clockSkewSeconds": 30 } }""");

        made.Status.ShouldBe(HttpStatusCode.Created, made.Json?.ToJsonString());
        made.Json!["settings"]!["signingKeys"]!.GetValue<string>().ShouldBe("(kept encrypted)");
        made.Json["addresses"]!["acs"]!.GetValue<string>().ShouldContain($"/.authdog/saml/{_id}/acs");
        var changed = await host.SendAsync("PATCH", made.Location!, host.AcmeKey, """{ "saml": { "forceAuthn": true } }""");
        (changed.Json!["settings"]!["forceAuthn"]!.GetValue<bool>(), (string?)changed.Json["settings"]!["binding"]).ShouldBe((true, "HttpPost"));
    }

    [Theory]
    [InlineData("""{ "kind": "oidc", "oidc": { "issuer": "http://login.example", "clientId": "a", "authentication": "none" } }""", "/oidc", "AG5320")]
    [InlineData("""{ "kind": "oidc", "oidc": { "issuer": "https://login.example", "clientId": "a" } }""", "/oidc", "AG5322")]
    [InlineData("""{ "kind": "oidc", "oidc": { "issuer": "https://login.example", "clientId": "a", "authentication": "magic" } }""", "/oidc", "AG5331")]
    [InlineData("""{ "kind": "oidc", "oidc": { "issuer": "https://login.example", "clientId": "a", "authentication": "none", "settings": { "signingKey": "x" } } }""", "/oidc", "AG5332")]
    [InlineData("""{ "kind": "oidc", "oidc": { "issuer": "https://login.example", "clientId": "a", "authentication": "none", "settings": { "algorithms": ["HS256"] } } }""", "/oidc", "AG5324")]
    [InlineData("""{ "kind": "oidc" }""", "/oidc", "AG5320")]
    [InlineData("""{ "kind": "oidc", "oidc": { "secret": "x" } }""", "/oidc/secret", "no such field")]
    [InlineData("""{ "kind": "oidc", "saml": {} }""", "/saml", "no such settings")]
    [InlineData("""{ "kind": "ldap" }""", "/kind", "oidc or saml")]
    [InlineData("""{ "kind": "saml", "saml": { "metadata": "not xml" } }""", "/saml", "AG5005")]
    [InlineData("""{ "kind": "saml", "saml": { "metadataUrl": "https://127.0.0.1:1/metadata" } }""", "/saml", "AG5712")]
    [InlineData("""{ "kind": "saml", "saml": { "binding": "pigeon" } }""", "/saml", "AG5727")]
    [InlineData("""{ "kind": "saml", "enabled": false, "mapping": { "defaultRoles": ["no role"] } }""", "/mapping", "AG5302")]
    [InlineData("""{ "kind": "saml", "enabled": false, "mapping": { "colour": "red" } }""", "/mapping", "AG5330")]
    public async Task SaysWhatIsWrongAsTheCommandDoes_WhenAConnectionIsMade(string body, string place, string cause)
    {
        var json = JsonNode.Parse(body)!.AsObject();
        json["id"] = _id;

        var reply = await host.SendAsync("POST", Connections, host.AcmeKey, json.ToJsonString());

        (reply.Status, reply.Pointers.Contains(place)).ShouldBe((HttpStatusCode.UnprocessableEntity, true), reply.Json?.ToJsonString());
        reply.Json!.ToJsonString().ShouldContain(cause);
        (await host.SendAsync("GET", $"{Connections}/{_id}", host.AcmeKey)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task SetupLinkLives_WhenMadeListedAndRevoked()
    {
        var made = await host.SendAsync("POST", Links, host.AcmeKey, $$"""{ "connection": "{{_id}}", "kind": "oidc", "lifetimeHours": 2 }""", ("Idempotency-Key", _id));

        made.Status.ShouldBe(HttpStatusCode.Created, made.Json?.ToJsonString());
        var link = new Uri(made.Text("link"));
        link.PathAndQuery.ShouldStartWith($"/.authdog/setup?connection={_id}&invite=");
        var secret = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(link.Query)["invite"].ToString();

        // It is told once: not again, not in a list, not to who asks a second time.
        (await host.SendAsync("POST", Links, host.AcmeKey, $$"""{ "connection": "{{_id}}", "kind": "oidc", "lifetimeHours": 2 }""", ("Idempotency-Key", _id))).Status.ShouldBe(HttpStatusCode.Conflict);
        var listed = (await host.SendAsync("GET", Links, host.AcmeKey)).Json!.ToJsonString();
        listed.ShouldContain(_id);
        listed.ShouldNotContain(secret);
        (await host.SendAsync("GET", $"{Connections}/{_id}", host.AcmeKey)).Json!["enabled"]!.GetValue<bool>().ShouldBeFalse();

        (await host.SendAsync("DELETE", $"{Links}/{_id}", host.AcmeKey)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await host.SendAsync("DELETE", $"{Links}/{_id}", host.AcmeKey)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await host.SendAsync("POST", Links, host.AcmeKey, """{ "connection": "-", "kind": "saml", "lifetimeHours": 2 }""")).Pointers.ShouldBe(["/connection"]);
        (await host.SendAsync("POST", Links, host.AcmeKey, """{ "connection": "x", "kind": "ldap", "lifetimeHours": 10000 }""")).Pointers.ShouldBe(["/kind", "/lifetimeHours"]);
    }

    [Fact]
    public async Task DomainSaysWhoJoins_WhenItIsSet()
    {
        var path = $"tenants/acme/domains/{_id}.example";
        (await host.SendAsync("PUT", path, host.AcmeKey, """{ "join": true, "joinRoles": ["nosuch"] }""")).Pointers.ShouldBe(["/joinRoles"]);

        var set = await host.SendAsync("PUT", path, host.AcmeKey, """{ "join": true, "joinRoles": ["ADMIN"] }""");

        (set.Json!["join"]!.GetValue<bool>(), set.Json["capture"]!.GetValue<bool>(), set.Json["joinRoles"]!.ToJsonString()).ShouldBe((true, false, """["admin"]"""));
        (await host.SendAsync("PUT", path, host.AcmeKey, "{}")).Json!["join"]!.GetValue<bool>().ShouldBeFalse();
    }
}
