// YARP with nothing around it but a log: what the gateway's figures are compared with.
// Usage: BareProxy LISTEN UPSTREAM
using Yarp.ReverseProxy.Configuration;

var builder = WebApplication.CreateSlimBuilder();
builder.WebHost.UseUrls(args[0]);
// The same logging as the gateway's: with none at all, the framework would skip work that every real installation pays for.
builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(console => console.SingleLine = true);
builder.Services.AddReverseProxy().LoadFromMemory(
    [new RouteConfig { RouteId = "all", ClusterId = "upstream", Match = new RouteMatch { Path = "{**rest}" } }],
    [new ClusterConfig { ClusterId = "upstream", Destinations = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal) { ["one"] = new() { Address = args[1] } } }]);
var app = builder.Build();
app.MapReverseProxy();
await app.RunAsync();
