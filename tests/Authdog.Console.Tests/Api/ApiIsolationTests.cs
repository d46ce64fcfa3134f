using System.Net;
using System.Text.RegularExpressions;
using Authdog.Console.Api;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Console.Tests.Api;

/// <summary>Walks every operation that there is: one that is added and forgets something fails here.</summary>
[Collection(ApiCollection.Name)]
public sealed partial class ApiIsolationTests(ApiHost host)
{
    /// <summary>A key of acme finds nothing of globex: not under globex's address, and not by globex's ids under its own.</summary>
    [Fact]
    [Trait("Threat", "I10")]
    public async Task EveryOperationFindsNothing_WhenTheTenantOrItsIdsAreAnothers()
    {
        var asked = 0;
        var before = await SnapshotAsync();
        foreach (var (method, pattern, _) in Operations())
        {
            if (!pattern.Contains("{tenant}", StringComparison.Ordinal))
            {
                continue;
            }

            var theirs = Parameters().Replace(pattern, match => host.Globex[match.Groups[1].Value]);
            (await host.SendAsync(method, theirs, host.AcmeKey, Body(method))).Status.ShouldBe(HttpStatusCode.NotFound, $"{method} {theirs}");
            asked++;

            // Roles are known by name, not by id; acme has one of the same name, and what it does with it is its own.
            if (pattern.Contains("{user}", StringComparison.Ordinal) || pattern.Contains("{group}", StringComparison.Ordinal) || pattern.Contains("{invitation}", StringComparison.Ordinal) || pattern.Contains("{request}", StringComparison.Ordinal))
            {
                var mixed = Parameters().Replace(pattern, match => match.Groups[1].Value is "tenant" ? "acme" : host.Globex[match.Groups[1].Value]);
                (await host.SendAsync(method, mixed, host.AcmeKey, Body(method))).Status.ShouldBe(HttpStatusCode.NotFound, $"{method} {mixed}");
                asked++;
            }
        }

        asked.ShouldBeGreaterThan(50);
        (await SnapshotAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task EveryOperationNeedsItsScope_WhenTheKeyHasAllOthers()
    {
        foreach (var (method, pattern, operation) in Operations())
        {
            var key = await host.KeyAsync(null, [.. Authdog.Identity.ApiKeys.ApiScopes.All.Where(scope => scope != operation.Scope)]);
            var path = Parameters().Replace(pattern, match => host.Acme[match.Groups[1].Value]);

            var reply = await host.SendAsync(method, path, key, Body(method));

            reply.Status.ShouldBe(HttpStatusCode.Forbidden, $"{method} {path}");
            reply.Challenge.ShouldContain($"scope=\"{operation.Scope}\"");
        }
    }

    [Fact]
    public async Task EveryOperationNeedsAKey_WhenThereIsNoneOrASessionInstead()
    {
        foreach (var (method, pattern, _) in Operations())
        {
            var path = Parameters().Replace(pattern, match => host.Acme[match.Groups[1].Value]);

            var reply = await host.SendAsync(method, path, null, Body(method), ("Cookie", "authdog=" + new string('A', 43)));

            (reply.Status, reply.Challenge).ShouldBe((HttpStatusCode.Unauthorized, "Bearer realm=\"authdog-api\""), $"{method} {path}");
        }
    }

    [Fact]
    public async Task OnlyAGlobalKeyMay_WhenMoreThanOneTenantIsConcerned()
    {
        (await host.SendAsync("POST", "tenants", host.AcmeKey, """{ "id": "more", "name": "More" }""")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await host.SendAsync("POST", "tenants/acme/suspend", host.AcmeKey)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await host.SendAsync("DELETE", "tenants/acme", host.AcmeKey)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await host.SendAsync("GET", "tenants", host.AcmeKey)).Json!["items"]!.AsArray().ShouldHaveSingleItem()!["id"]!.GetValue<string>().ShouldBe("acme");
        (await host.SendAsync("GET", "tenants", host.GlobalKey)).Json!["items"]!.AsArray().Count.ShouldBeGreaterThan(2);
    }

    internal IEnumerable<(string Method, string Pattern, ApiOperation Operation)> Operations() =>
        from endpoint in host.Endpoints
        where endpoint.RoutePattern.RawText!.StartsWith(ApiHost.Root, StringComparison.Ordinal)
        let operation = endpoint.Metadata.GetMetadata<ApiOperation>() ?? throw new InvalidOperationException($"{endpoint.RoutePattern.RawText} says nothing of itself.")
        from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
        select (method, endpoint.RoutePattern.RawText!, operation);

    private static string? Body(string method) => method is "POST" or "PATCH" or "PUT" ? """{ "email": "x@example.com", "name": "x", "permissions": [] }""" : null;

    private async Task<string> SnapshotAsync()
    {
        List<string> texts = [];
        foreach (var path in new[] { "", "/users", "/roles", "/groups", $"/groups/{host.Globex["group"]}/members", "/invitations", "/connections", "/domains", "/setup-links" })
        {
            texts.Add((await host.SendAsync("GET", "tenants/globex" + path, host.GlobalKey)).Json!.ToJsonString());
        }

        return string.Join('\n', texts);
    }

    [GeneratedRegex(@"\{([a-z]+)\}")]
    private static partial Regex Parameters();
}
