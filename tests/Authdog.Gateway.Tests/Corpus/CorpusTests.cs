using Authdog.Corpus;
using Authdog.Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;

namespace Authdog.Gateway.Tests.Corpus;

/// <summary>The attack corpus against the gateway in front of the most lenient app there is.</summary>
[Trait("Threat", "B1")]
[Trait("Threat", "B2")]
[Trait("Threat", "B3")]
[Trait("Threat", "B5")]
public sealed class CorpusTests
{
    private const string Admins = "  - { name: admins, effect: allow, when: { role: admin } }";

    [Fact]
    public void FilesAreWhatTheRulesMake()
    {
        foreach (var (file, content) in CorpusFiles.Generate())
        {
            File.ReadAllText(Path.Combine(CorpusFiles.Folder, file)).ShouldBe(content, $"write {file} anew: dotnet run --project tests/Authdog.Corpus -- write");
        }
    }

    [Fact]
    public async Task NothingGetsThrough_WhenRoutesDivideTheApp()
    {
        using var app = new RawServer(head => LenientApp.Answer(head, "/admin"));
        await using var gateway = await GatewayHost.StartAsync(new GatewayHostSettings()
            .PublicPolicy()
            .Policy("admins", Admins)
            .Route("admin", "/admin/{**all}", "admins", app.Url)
            .Route("app", "/{**all}", "open", app.Url));

        await PlayAsync(gateway.Url);
    }

    [Fact]
    public async Task NothingGetsThrough_WhenOnePolicyDividesTheApp()
    {
        using var app = new RawServer(head => LenientApp.Answer(head, "/admin"));
        await using var gateway = await GatewayHost.StartAsync(new GatewayHostSettings()
            .Policy("mixed", "  - { name: closed, effect: deny, when: { all: [ { path: /admin/** }, { not: { role: admin } } ] } }\n  - { name: everybody, effect: public }")
            .Route("app", "/{**all}", "mixed", app.Url, ("Metadata:Authdog:Header:User", "Remote-User")));

        await PlayAsync(gateway.Url);
    }

    [Fact]
    public async Task NothingGetsThrough_WhenTheRoutePermitsOddPaths()
    {
        using var app = new RawServer(head => LenientApp.Answer(head, "/admin"));
        await using var gateway = await GatewayHost.StartAsync(new GatewayHostSettings()
            .PublicPolicy()
            .Policy("admins", Admins)
            .Route("admin", "/admin/{**all}", "admins", app.Url)
            .Route("app", "/{**all}", "open", app.Url, [.. new[] { "EncodedSlash", "EmptySegments", "PathParameters", "HeaderNames" }.Select(name => ($"Metadata:Authdog:Unsafe:{name}", "true"))]));

        var runner = new CorpusRunner(gateway.Url);
        var outcomes = await runner.PlayTargetsAsync(CorpusFiles.Targets());
        outcomes.Count(outcome => outcome.Came).ShouldBeGreaterThan(20);
        Harms([.. outcomes, .. await runner.PlayHeadersAsync(CorpusFiles.Headers())]).ShouldBeEmpty();
    }

    /// <summary>What all this is measured against, and the proof that the corpus can fail.</summary>
    [Fact]
    public async Task MuchGetsThrough_WhenBareYarpHasAPlainPrefixGuard()
    {
        using var app = new RawServer(head => LenientApp.Answer(head, "/admin"));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "app", ClusterId = "app", Match = new RouteMatch { Path = "/{**all}" } }],
            [new ClusterConfig { ClusterId = "app", Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = app.Url } } }]);
        await using var yarp = builder.Build();
        yarp.Use((context, next) =>
        {
            if (context.Request.Path.StartsWithSegments("/admin"))
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            }

            return next(context);
        });
        yarp.MapReverseProxy();
        await yarp.StartAsync();
        var runner = new CorpusRunner(new Uri(yarp.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()));

        var paths = Harms(await runner.PlayTargetsAsync(CorpusFiles.Targets()));
        var headers = Harms(await runner.PlayHeadersAsync(CorpusFiles.Headers()));

        TestContext.Current.TestOutputHelper?.WriteLine($"Bare YARP: {paths.Count} of {CorpusFiles.Targets().Count} targets and {headers.Count} header sets got through.");
        paths.Count.ShouldBeGreaterThan(100);
        headers.Count.ShouldBeGreaterThan(20);
    }

    private static async Task PlayAsync(Uri gateway)
    {
        var runner = new CorpusRunner(gateway);
        IReadOnlyList<CorpusOutcome> outcomes = [.. await runner.PlayTargetsAsync(CorpusFiles.Targets()), .. await runner.PlayHeadersAsync(CorpusFiles.Headers())];
        Harms(outcomes).ShouldBeEmpty();
        outcomes.Where(outcome => !outcome.IsMet).Select(Describe).ShouldBeEmpty();
        outcomes.Count(outcome => outcome.Came).ShouldBeGreaterThan(20);
    }

    private static List<string> Harms(IEnumerable<CorpusOutcome> outcomes) => [.. outcomes.Where(outcome => outcome.IsHarmed).Select(Describe)];

    private static string Describe(CorpusOutcome outcome) => $"{outcome.Id} {outcome.Status} expected {outcome.Expect}, {(outcome.Came ? "reached the app" : "kept")}: {outcome.Sent}";
}
