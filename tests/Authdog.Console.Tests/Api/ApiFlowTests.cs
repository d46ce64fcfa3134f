using System.Net;
using System.Text.Json.Nodes;

namespace Authdog.Console.Tests.Api;

[Collection(ApiCollection.Name)]
public sealed class ApiFlowTests(ApiHost host)
{
    private const string Users = "tenants/acme/users";

    [Fact]
    public async Task UserLives_WhenMadeChangedShutOutAndDeleted()
    {
        var made = await host.SendAsync("POST", Users, host.AcmeKey, $$"""{ "email": "{{Address()}}", "name": "Ada", "roles": ["ADMIN"], "groups": ["Finance"] }""");
        made.Status.ShouldBe(HttpStatusCode.Created);
        var path = made.Location.ShouldNotBeNull();
        path.ShouldBe($"{ApiHost.Root}/{Users}/{made.Text("id")}");
        made.Json!["roles"]!.ToJsonString().ShouldBe("""["admin"]""");
        made.Json["groups"]!.ToJsonString().ShouldBe("""["Finance"]""");

        var changed = await host.SendAsync("PATCH", path, host.AcmeKey, """{ "name": null, "timeZone": "Europe/Berlin", "disabled": true }""");

        changed.Status.ShouldBe(HttpStatusCode.OK, changed.Json?.ToJsonString());
        (changed.Json!["name"], (bool)changed.Json["disabled"]!, changed.Text("timeZone")).ShouldBe((null, true, "Europe/Berlin"));
        (await host.SendAsync("DELETE", $"{path}/roles/admin", host.AcmeKey)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await host.SendAsync("PUT", $"{path}/roles/nosuch", host.AcmeKey)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await host.SendAsync("GET", path, host.AcmeKey)).Json!["roles"]!.AsArray().ShouldBeEmpty();
        (await host.SendAsync("GET", $"{path}/sessions", host.AcmeKey)).Json!["items"]!.AsArray().ShouldBeEmpty();
        (await host.SendAsync("DELETE", path, host.AcmeKey)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await host.SendAsync("GET", path, host.AcmeKey)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task SaysEveryMistakeWithItsPointer_WhenABodyHasSome()
    {
        var reply = await host.SendAsync("POST", Users, host.AcmeKey, """{ "email": "no address", "name": "‮evil", "roles": ["admin", "root"], "groups": [] }""");
        (reply.Status, string.Join(' ', reply.Pointers)).ShouldBe((HttpStatusCode.UnprocessableEntity, "/email /name /roles/1"));

        reply = await host.SendAsync("POST", Users, host.AcmeKey, """{ "name": 7, "isAdmin": true, "roles": ["admin", null] }""");
        reply.Pointers.Order().ShouldBe(["/email", "/isAdmin", "/name", "/roles"]);
        reply.Json!.ToJsonString().ShouldNotContain("System.");
    }

    [Theory]
    [InlineData("""{ "passwordHash": "x" }""", "/passwordHash")]
    [InlineData("""{ "id": "x" }""", "/id")]
    [InlineData("""{ "tenantId": "globex" }""", "/tenantId")]
    [InlineData("""{ "roles": ["admin"] }""", "/roles")]
    [InlineData("""{ "emailConfirmed": true }""", "/emailConfirmed")]
    [InlineData("""{ "email": null }""", "/email")]
    public async Task MassAssignmentIsRefused_WhenAFieldIsNotForSetting(string body, string place)
    {
        var reply = await host.SendAsync("PATCH", $"{Users}/{host.Acme["user"]}", host.AcmeKey, body);

        (reply.Status, string.Join(' ', reply.Pointers)).ShouldBe((HttpStatusCode.UnprocessableEntity, place));
    }

    [Theory]
    [InlineData("{", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("""{ "email": "a@example.com", "email": "b@example.com" }""", HttpStatusCode.BadRequest)]
    public async Task IsRefused_WhenTheBodyIsNoObject(string body, HttpStatusCode status) =>
        (await host.SendAsync("POST", Users, host.AcmeKey, body)).Status.ShouldBe(status);

    [Fact]
    [Trait("Threat", "B18")]
    public async Task IsRefused_WhenTheBodyIsHugeDeepOrNotJson()
    {
        (await host.SendAsync("POST", Users, host.AcmeKey, $$"""{ "email": "{{new string('a', 300_000)}}" }""")).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await host.SendAsync("POST", Users, host.AcmeKey, string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await host.SendAsync("POST", Users, host.AcmeKey)).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task SecondChangeIsRefused_WhenItRestsOnWhatWasBefore()
    {
        var path = $"{Users}/{host.Acme["user"]}";
        var tag = (await host.SendAsync("GET", path, host.AcmeKey)).ETag.ShouldNotBeNull();

        (await host.SendAsync("PATCH", path, host.AcmeKey, $$"""{ "name": "{{Guid.NewGuid()}}" }""", ("If-Match", tag))).Status.ShouldBe(HttpStatusCode.OK);
        (await host.SendAsync("PATCH", path, host.AcmeKey, """{ "name": "Late" }""", ("If-Match", tag))).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await host.SendAsync("DELETE", path, host.AcmeKey, null, ("If-Match", tag))).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await host.SendAsync("PATCH", path, host.AcmeKey, """{ "name": "Now" }""", ("If-Match", "*"))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task OneOfManyIsDone_WhenAllRestOnTheSameVersion()
    {
        var user = (await host.SendAsync("POST", Users, host.AcmeKey, $$"""{ "email": "{{Address()}}" }""")).Location!;
        var role = $"tenants/acme/roles/r{Guid.NewGuid():N}";
        await host.SendAsync("PUT", role, host.AcmeKey, """{ "permissions": [] }""");
        foreach (var (path, method, body) in new[] { (user, "PATCH", """{ "name": "NAME" }"""), (role, "PUT", """{ "permissions": ["NAME"] }"""), ("tenants/globex", "PATCH", """{ "name": "NAME" }""") })
        {
            var tag = (await host.SendAsync("GET", path, host.GlobalKey)).ETag.ShouldNotBeNull();

            var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(one => host.SendAsync(method, path, host.GlobalKey, body.Replace("NAME", $"Name{one}", StringComparison.Ordinal), ("If-Match", tag))));

            replies.Count(reply => reply.Status == HttpStatusCode.OK).ShouldBe(1, path);
            replies.Count(reply => reply.Status == HttpStatusCode.PreconditionFailed).ShouldBe(7, path);
        }
    }

    [Fact]
    public async Task AttributesAreOfTheSchema_WhenTheyAreSet()
    {
        var made = await host.SendAsync("POST", Users, host.AcmeKey, $$"""{ "email": "{{Address()}}", "attributes": { "department": "Sales", "level": 3.5, "tags": ["a", "b"], "active": true } }""");
        made.Status.ShouldBe(HttpStatusCode.Created, made.Json?.ToJsonString());
        JsonNode.DeepEquals(made.Json!["attributes"], JsonNode.Parse("""{ "department": "Sales", "level": 3.5, "tags": ["a", "b"], "active": true }""")).ShouldBeTrue(made.Json.ToJsonString());

        var changed = await host.SendAsync("PATCH", made.Location!, host.AcmeKey, """{ "attributes": { "department": "Research", "tags": null } }""");
        JsonNode.DeepEquals(changed.Json!["attributes"], JsonNode.Parse("""{ "department": "Research", "level": 3.5, "active": true }""")).ShouldBeTrue(changed.Json.ToJsonString());

        var wrong = await host.SendAsync("PATCH", made.Location!, host.AcmeKey, """{ "name": "Not kept", "attributes": { "department": "Marketing", "level": "3", "tags": ["a\nb"], "active": "yes", "colour": "red" } }""");
        wrong.Pointers.Order().ShouldBe(["/attributes/active", "/attributes/colour", "/attributes/department", "/attributes/level", "/attributes/tags"]);
        (await host.SendAsync("GET", made.Location!, host.AcmeKey)).Json!["name"].ShouldBeNull();
    }

    [Fact]
    public async Task IsDoneOnce_WhenItComesTwiceUnderOneIdempotencyKey()
    {
        var name = Guid.NewGuid().ToString();
        var body = $$"""{ "email": "{{Address()}}" }""";
        var first = await host.SendAsync("POST", Users, host.AcmeKey, body, ("Idempotency-Key", name));
        var second = await host.SendAsync("POST", Users, host.AcmeKey, body, ("Idempotency-Key", name));
        var other = await host.SendAsync("POST", Users, host.AcmeKey, $$"""{ "email": "{{Address()}}" }""", ("Idempotency-Key", name));
        var without = await host.SendAsync("POST", Users, host.AcmeKey, body);
        var elsewhere = await host.SendAsync("POST", "tenants/globex/users", host.GlobalKey, body, ("Idempotency-Key", name));

        (second.Status, second.Json!.ToJsonString(), second.Location, second.ETag).ShouldBe((HttpStatusCode.Created, first.Json!.ToJsonString(), first.Location, first.ETag));
        other.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        without.Status.ShouldBe(HttpStatusCode.Conflict);
        elsewhere.Text("id").ShouldNotBe(first.Text("id"));
    }

    [Fact]
    public async Task OneIsMade_WhenTheSameComesManyTimesAtOnce()
    {
        var name = Guid.NewGuid().ToString();
        var body = $$"""{ "email": "{{Address()}}" }""";

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.SendAsync("POST", Users, host.AcmeKey, body, ("Idempotency-Key", name))));

        replies.ShouldAllBe(reply => reply.Status == HttpStatusCode.Created || (reply.Status == HttpStatusCode.Conflict && reply.Text("type").EndsWith("in-use", StringComparison.Ordinal)));
        replies.Where(reply => reply.Status == HttpStatusCode.Created).Select(reply => reply.Text("id")).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task EveryItemComesOnce_WhenAListIsReadPageByPage()
    {
        for (var i = 0; i < 5; i++)
        {
            await host.SendAsync("POST", Users, host.AcmeKey, $$"""{ "email": "{{Address()}}" }""");
        }

        List<string> ids = [];
        string? cursor = null;
        do
        {
            var page = (await host.SendAsync("GET", $"{Users}?limit=2{(cursor is null ? "" : "&cursor=" + cursor)}", host.AcmeKey)).Json!;
            page["items"]!.AsArray().Count.ShouldBeInRange(1, 2);
            ids.AddRange(page["items"]!.AsArray().Select(item => (string)item!["id"]!));
            cursor = (string?)page["next"];
        }
        while (cursor is not null);

        ids.ShouldBe((await host.SendAsync("GET", $"{Users}?limit=200", host.AcmeKey)).Json!["items"]!.AsArray().Select(item => (string)item!["id"]!));
        ids.ShouldBeUnique();
    }

    [Fact]
    [Trait("Threat", "I10")]
    public async Task CursorIsOfNoUse_WhenTheListOrTheTenantIsAnother()
    {
        var cursor = (string?)(await host.SendAsync("GET", "tenants?limit=1", host.GlobalKey)).Json!["next"];
        cursor.ShouldNotBeNull();

        foreach (var path in new[] { $"{Users}?cursor={cursor}", "tenants/globex/users?cursor=AAAA", $"{Users}?cursor={cursor[..^2]}", $"{Users}?limit=0", $"{Users}?limit=201", $"{Users}?limit=x" })
        {
            (await host.SendAsync("GET", path, host.GlobalKey)).Status.ShouldBe(HttpStatusCode.BadRequest, path);
        }
    }

    [Fact]
    public async Task TenantFollows_WhenItsSettingsArePatched()
    {
        var changed = await host.SendAsync("PATCH", "tenants/acme", host.AcmeKey, """{ "name": "Acme Two", "settings": { "SignUp": { "Enabled": false } } }""");
        changed.Json!["settings"]!["SignUp"]!["Enabled"]!.GetValue<bool>().ShouldBeFalse();

        var cleared = await host.SendAsync("PATCH", "tenants/acme", host.AcmeKey, """{ "settings": { "SignUp": { "Enabled": null } } }""");
        (cleared.Text("name"), cleared.Json!["settings"]!.ToJsonString()).ShouldBe(("Acme Two", "{}"));
        var wrong = await host.SendAsync("PATCH", "tenants/acme", host.AcmeKey, """{ "settings": { "Redis": { "ConnectionString": "x" } } }""");
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Json!.ToJsonString().ShouldContain("AG3402");
    }

    [Fact]
    public async Task TenantIsShutAndOpened_WhenAGlobalKeySaysSo()
    {
        await host.SendAsync("POST", "tenants", host.GlobalKey, """{ "id": "initech", "name": "Initech" }""");

        (await host.SendAsync("POST", "tenants/initech/suspend", host.GlobalKey)).Text("state").ShouldBe("suspended");
        (await host.SendAsync("POST", "tenants/initech/resume", host.GlobalKey)).Text("state").ShouldBe("active");
        (await host.SendAsync("DELETE", "tenants/initech", host.GlobalKey)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await host.SendAsync("GET", "tenants/initech", host.GlobalKey)).Text("state").ShouldBe("deleted");
        (await host.SendAsync("POST", "tenants/default/suspend", host.GlobalKey)).Status.ShouldBe(HttpStatusCode.Conflict);
        (await host.SendAsync("POST", "tenants", host.GlobalKey, """{ "id": "initech", "name": "Again" }""")).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task InvitationLives_WhenSentAgainAndTakenBack()
    {
        var body = $$"""{ "email": "{{Address()}}", "lifetimeHours": 48 }""";
        var sent = await host.SendAsync("POST", "tenants/acme/invitations", host.AcmeKey, body);
        sent.Status.ShouldBe(HttpStatusCode.Created);
        sent.Json!.ToJsonString().ShouldNotContain("token");
        (await host.SendAsync("POST", "tenants/acme/invitations", host.AcmeKey, body)).Status.ShouldBe(HttpStatusCode.Conflict);

        (await host.SendAsync("POST", $"{sent.Location}/resend", host.AcmeKey)).Text("state").ShouldBe("pending");
        (await host.SendAsync("DELETE", sent.Location!, host.AcmeKey)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await host.SendAsync("GET", sent.Location!, host.AcmeKey)).Text("state").ShouldBe("revoked");
        (await host.SendAsync("POST", $"{sent.Location}/resend", host.AcmeKey)).Status.ShouldBe(HttpStatusCode.Conflict);
        (await host.SendAsync("POST", "tenants/acme/invitations", host.AcmeKey, $$"""{ "email": "{{Address()}}", "lifetimeHours": 100000, "roles": ["root"] }""")).Pointers.ShouldBe(["/lifetimeHours", "/roles"]);
    }

    [Fact]
    public async Task GroupGivesItsRoles_WhenSomebodyIsPutIn()
    {
        var group = (await host.SendAsync("POST", "tenants/acme/groups", host.AcmeKey, """{ "name": "Editors" }""")).Location!;
        await host.SendAsync("PUT", "tenants/acme/roles/editor", host.AcmeKey, """{ "permissions": ["posts:write"] }""");
        var user = await host.SendAsync("POST", Users, host.AcmeKey, $$"""{ "email": "{{Address()}}" }""");

        (await host.SendAsync("PUT", $"{group}/roles/editor", host.AcmeKey)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await host.SendAsync("PUT", $"{group}/members/{user.Text("id")}", host.AcmeKey)).Status.ShouldBe(HttpStatusCode.NoContent);

        (await host.SendAsync("GET", user.Location!, host.AcmeKey)).Json!["permissions"]!.ToJsonString().ShouldBe("""["posts:write"]""");
        (await host.SendAsync("GET", $"{group}/members", host.AcmeKey)).Json!["items"]!.AsArray().Count.ShouldBe(1);
        (await host.SendAsync("DELETE", group, host.AcmeKey)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await host.SendAsync("GET", user.Location!, host.AcmeKey)).Json!["permissions"]!.AsArray().ShouldBeEmpty();
    }

    private static string Address() => $"u{Guid.NewGuid():N}@example.com";
}
