// YARP with nothing around it but a log: what the gateway's figures are compared with. With the word "edge", the gateway's edge in front.
// Usage: BareProxy LISTEN UPSTREAM [edge]
using Authdog.Gateway.Edge;
using Authdog.Gateway.Edge.Limits;
using Authdog.Gateway.Edge.Refusals;
using Yarp.ReverseProxy.Configuration;

var builder = WebApplication.CreateSlimBuilder();
builder.WebHost.UseUrls(args[0]);
// The same logging as the gateway's: with none at all, the framework would skip work that every real installation pays for.
builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(console => console.SingleLine = true);
builder.Services.AddReverseProxy().LoadFromMemory(
    [new RouteConfig { RouteId = "all", ClusterId = "upstream", Match = new RouteMatch { Path = "{**rest}" } }],
    [new ClusterConfig { ClusterId = "upstream", Destinations = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal) { ["one"] = new() { Address = args[1] } } }]);
var hasEdge = args is [_, _, "edge"];
if (hasEdge)
{
    builder.Services.AddEdge(builder.Configuration);
    builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.Use(RefusalPipe.Use)));
}

var app = builder.Build();
if (hasEdge)
{
    app.UseMiddleware<HeadLimitsMiddleware>();
    app.UseMiddleware<FramingMiddleware>();
    app.UseMiddleware<EdgeMiddleware>();
    app.UseMiddleware<OwnPathsMiddleware>();
}

app.MapReverseProxy();
await app.RunAsync();
