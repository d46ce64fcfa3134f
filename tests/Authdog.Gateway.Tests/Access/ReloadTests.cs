using System.Collections.Concurrent;
using System.Net;
using Authdog.Gateway.Diagnostics;
using Authdog.Gateway.Tests.Hosting;
using Authdog.Policies.Catalog;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Gateway.Tests.Access;

/// <summary>Policies change beneath live traffic: whole or not at all, the last good set stays, and health says so.</summary>
public sealed class ReloadTests
{
    // Both files always agree: a set that is half old and half new would answer one path by each.
    private static string Text(string name, bool open) => $"policy: {name}\nrules:\n  - {{ name: {(open ? "open" : "closed")}, effect: {(open ? "public" : "deny")} }}\n";

    [Fact]
    [Trait("Threat", "B6")]
    public async Task TrafficSeesNoHalfState_WhenFilesAreSavedAThousandTimes()
    {
        await using var upstream = await Upstream.StartAsync(app => app.MapFallback(context => context.Response.WriteAsync("protected")));
        await using var gateway = await GatewayHost.StartAsync(new GatewayHostSettings()
            .Policy("members", "  - { name: only, effect: deny, when: { path: /never } }\n  - { name: rest, effect: public }")
            .Policy("guarded", "  - { name: nobody, effect: deny }")
            .Route("members", "/members/{**all}", "members", upstream.Url)
            .Route("guarded", "/guarded/{**all}", "guarded", upstream.Url));
        var catalog = gateway.Services.GetRequiredService<PolicyCatalog>();
        var answers = new ConcurrentBag<(string Path, HttpStatusCode Status)>();
        using var stop = new CancellationTokenSource();
        var traffic = Enumerable.Range(0, 4).Select(i => Task.Run(async () =>
        {
            var path = i % 2 == 0 ? "/members/x" : "/guarded/x";
            while (!stop.IsCancellationRequested)
            {
                using var answer = await gateway.GetAsync(path);
                answers.Add((path, answer.StatusCode));
            }
        })).ToArray();

        await SaveAsync(Path.Combine(catalog.Path, "guarded.yaml"), 1000);
        await stop.CancelAsync();
        await Task.WhenAll(traffic);

        answers.Count.ShouldBeGreaterThan(50);
        answers.Where(answer => answer.Path == "/guarded/x").ShouldAllBe(answer => answer.Status == HttpStatusCode.Forbidden);
        answers.Where(answer => answer.Path == "/members/x").ShouldAllBe(answer => answer.Status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task LastGoodSetStaysAndHealthSaysWhy_WhenAFileIsBroken()
    {
        await using var upstream = await Upstream.StartAsync(app => app.MapFallback(context => context.Response.WriteAsync("protected")));
        await using var gateway = await GatewayHost.StartAsync(new GatewayHostSettings()
            .Set("Policies:RequireTests", "true")
            .PublicPolicy()
            .Route("open", "/open/{**all}", "open", upstream.Url));
        var catalog = gateway.Services.GetRequiredService<PolicyCatalog>();
        var readiness = gateway.Services.GetRequiredService<Readiness>();
        await ExpectAsync("ready");

        await File.WriteAllTextAsync(Path.Combine(catalog.Path, "open.yaml"), "policy: open\nrules:\n  - { name: x, effect: al");
        catalog.Reload();
        await ExpectAsync("degraded", "open.yaml");

        await File.WriteAllTextAsync(Path.Combine(catalog.Path, "open.yaml"), Text("open", open: true));
        await File.WriteAllTextAsync(Path.Combine(catalog.Path, "open.test.yaml"), "policy: open\ntests:\n  - name: nobody may\n    given: { request: { path: /x } }\n    expect: { outcome: deny }\n");
        catalog.Reload();
        await ExpectAsync("degraded", "open.test.yaml");

        File.Delete(Path.Combine(catalog.Path, "open.test.yaml"));
        catalog.Reload();
        await ExpectAsync("ready");

        async Task ExpectAsync(string status, string? problem = null)
        {
            var report = await readiness.CheckAsync(CancellationToken.None);
            report.Status.ShouldBe(status, string.Join('\n', report.Checks.SelectMany(check => check.Value.Problems)));
            if (problem is not null)
            {
                report.Checks["policies"].Problems.ShouldContain(text => text.Contains(problem, StringComparison.Ordinal));
            }

            using var answer = await gateway.GetAsync("/open/x");
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    // In the four ways that editors and deployments save: in place, in two halves, by rename, and broken for a moment.
    private static async Task SaveAsync(string file, int times)
    {
        var text = Text("guarded", open: false);
        for (var i = 0; i < times; i++)
        {
            var changed = $"# {i}\n{text}";
            switch (i % 4)
            {
                case 0:
                    await File.WriteAllTextAsync(file, changed);
                    break;
                case 1:
                    await File.WriteAllTextAsync(file, changed[..(changed.Length / 2)]);
                    await File.WriteAllTextAsync(file, changed);
                    break;
                case 2:
                    await File.WriteAllTextAsync(file + "~", changed);
                    File.Move(file + "~", file, overwrite: true);
                    break;
                default:
                    // What is whole up to here says that anybody may pass; the rest is missing.
                    await File.WriteAllTextAsync(file, Text("guarded", open: true) + "  - {");
                    await File.WriteAllTextAsync(file, changed);
                    break;
            }

            if (i % 50 == 0)
            {
                await Task.Delay(20);
            }
        }
    }
}
