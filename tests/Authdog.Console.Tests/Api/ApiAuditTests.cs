using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Authdog.Identity.Audit;
using Authdog.Identity.Audit.Chain;
using Authdog.Identity.Identifiers;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Console.Tests.Api;

/// <summary>The record by the management API is the record of <c>audit list</c>.</summary>
[Collection(ApiCollection.Name)]
public sealed class ApiAuditTests(ApiHost host)
{
    private const string Audit = "tenants/acme/audit";

    [Fact]
    public async Task SaysWhatTheCommandSays_WhenItIsReadPageByPage()
    {
        List<string> items = [];
        string? cursor = null;
        do
        {
            var page = (await host.SendAsync("GET", $"{Audit}?event=UserCreated&event=RoleChanged&limit=1{(cursor is null ? "" : "&cursor=" + cursor)}", host.AcmeKey)).Json!;
            items.AddRange(page["items"]!.AsArray().Select(item => item!.ToJsonString()));
            cursor = (string?)page["next"];
        }
        while (cursor is not null);

        var entries = await host.Services.GetRequiredService<AuditReader>().ListAsync(TenantId.Parse("acme"), new AuditQuery { Kinds = [AuditEventKind.UserCreated, AuditEventKind.RoleChanged] }, TestContext.Current.CancellationToken);
        var lines = Encoding.UTF8.GetString(AuditJson.Lines(entries)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.ToJsonString()).ToList();
        lines.Count.ShouldBeGreaterThan(1);
        items.Take(lines.Count).ShouldBe(lines);
    }

    [Fact]
    public async Task FiltersAsTheCommandDoes_WhenAsked()
    {
        var user = host.Acme["user"];
        var ofUser = (await host.SendAsync("GET", $"{Audit}?user={user}", host.AcmeKey)).Json!["items"]!.AsArray();
        ofUser.Count.ShouldBeGreaterThan(0);
        ofUser.ShouldAllBe(item => (string?)item!["user"] == user || (string?)item["actor"] == user);
        (await host.SendAsync("GET", $"{Audit}?user=ada@acme.test", host.AcmeKey)).Json!["items"]!.AsArray().Count.ShouldBe(ofUser.Count);
        var newest = (await host.SendAsync("GET", $"{Audit}?newest=true&limit=2", host.AcmeKey)).Json!["items"]!.AsArray();
        newest[0]!["sequence"]!.GetValue<long>().ShouldBeGreaterThan(newest[1]!["sequence"]!.GetValue<long>());
        (await host.SendAsync("GET", $"{Audit}?until=2000-01-01", host.AcmeKey)).Json!["items"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("event=NoSuchThing")]
    [InlineData("event=7")]
    [InlineData("since=yesterday")]
    [InlineData("until=soon")]
    [InlineData("newest=perhaps")]
    [InlineData("user=nobody@acme.test")]
    [InlineData("limit=1000")]
    public async Task RefusesTheFilter_WhenItCannotBeRead(string filter) =>
        (await host.SendAsync("GET", $"{Audit}?{filter}", host.AcmeKey)).Status.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    [Trait("Threat", "I10")]
    public async Task CursorIsOfNoUse_WhenTheFilterOrTheTenantIsAnother()
    {
        var cursor = (string?)(await host.SendAsync("GET", $"{Audit}?limit=1", host.GlobalKey)).Json!["next"];

        (await host.SendAsync("GET", $"{Audit}?limit=1&cursor={cursor}", host.GlobalKey)).Status.ShouldBe(HttpStatusCode.OK);
        (await host.SendAsync("GET", $"{Audit}?limit=1&event=UserCreated&cursor={cursor}", host.GlobalKey)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await host.SendAsync("GET", $"tenants/globex/audit?limit=1&cursor={cursor}", host.GlobalKey)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }
}
