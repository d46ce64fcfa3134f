using System.Net;
using Authdog.Gateway.Edge;
using Authdog.Gateway.Edge.Limits;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Benchmarks;

/// <summary>What the edge adds to one request that it lets pass: its four middlewares, from a load tool's request and from a browser's.</summary>
[MemoryDiagnoser]
public class EdgeBenchmarks
{
    private RequestDelegate edge = null!;
    private DefaultHttpContext tool = null!;
    private DefaultHttpContext browser = null!;

    [GlobalSetup]
    public void Build()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMetrics();
        services.AddEdge(new ConfigurationBuilder().Build());
        var provider = services.BuildServiceProvider();
        var app = new ApplicationBuilder(provider);
        app.UseMiddleware<HeadLimitsMiddleware>();
        app.UseMiddleware<FramingMiddleware>();
        app.UseMiddleware<EdgeMiddleware>();
        app.UseMiddleware<OwnPathsMiddleware>();
        app.Run(static _ => Task.CompletedTask);
        edge = app.Build();
        tool = Request(provider, "/public/", []);
        browser = Request(provider, "/invoices/2026/7?sort=date&page=2",
        [
            ("Connection", "keep-alive"), ("Cache-Control", "max-age=0"), ("sec-ch-ua", "\"Chromium\";v=\"130\""), ("sec-ch-ua-mobile", "?0"), ("sec-ch-ua-platform", "\"Linux\""),
            ("Upgrade-Insecure-Requests", "1"), ("User-Agent", "Mozilla/5.0"), ("Accept", "text/html,application/xhtml+xml"), ("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Mode", "navigate"),
            ("Sec-Fetch-User", "?1"), ("Sec-Fetch-Dest", "document"), ("Referer", "http://localhost/"), ("Accept-Encoding", "gzip, deflate, br"), ("Accept-Language", "de,en;q=0.9"), ("Cookie", "theme=dark; session=abcdefghijklmnop"),
        ]);
    }

    [Benchmark]
    public Task Tool() => edge(tool);

    [Benchmark]
    public Task Browser() => edge(browser);

    private static DefaultHttpContext Request(IServiceProvider services, string target, (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext { RequestServices = services };
        var request = context.Request;
        (request.Method, request.Protocol, request.Scheme) = (HttpMethods.Get, HttpProtocol.Http11, "http");
        request.Headers.Host = "localhost:8080";
        request.Path = target.Split('?')[0];
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
        foreach (var (name, value) in headers)
        {
            request.Headers[name] = value;
        }

        return context;
    }
}
