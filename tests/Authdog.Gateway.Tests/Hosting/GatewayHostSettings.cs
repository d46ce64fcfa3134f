using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Gateway.Tests.Hosting;

/// <summary>What a test's gateway is made of: routes with their upstreams, and policies.</summary>
internal sealed class GatewayHostSettings
{
    // Machines that run tests are slower than those that serve people, and all of a test's people come from one address.
    private readonly Dictionary<string, string?> _configuration = new() { ["Redis:OperationTimeout"] = "00:00:10", ["RateLimiting:Pages:Permits"] = "1000000" };
    private readonly Dictionary<string, string> _policies = [];
    private readonly Dictionary<string, string> _networks = [];

    /// <summary>Further services, added last.</summary>
    public Action<IServiceCollection>? Configure { get; set; }

    /// <summary>Port of the HTTP/1.1 listener; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>Endpoints of the gateway's own.</summary>
    public Action<IEndpointRouteBuilder>? MapOwn { get; set; }

    /// <summary>A policy file's rules; the line <c>policy:</c> is added.</summary>
    public GatewayHostSettings Policy(string name, string rules)
    {
        _policies[name] = $"policy: {name}\nrules:\n{rules.ReplaceLineEndings("\n")}\n";
        return this;
    }

    /// <summary>A policy that lets everybody pass.</summary>
    public GatewayHostSettings PublicPolicy(string name = "open") => Policy(name, "  - { name: everybody, effect: public }");

    /// <summary>A policy that lets everybody pass who is signed in.</summary>
    public GatewayHostSettings SignedInPolicy(string name = "members") => Policy(name, "  - { name: members, effect: allow }");

    /// <summary>A networks file beside the policies.</summary>
    public GatewayHostSettings Network(string name, string text)
    {
        _networks[name] = text;
        return this;
    }

    /// <summary>A rate limit of so many requests a minute.</summary>
    public GatewayHostSettings Rule(string name, int permits, params (string Key, string Value)[] further)
    {
        Set($"RateLimiting:Rules:{name}:Permits", permits.ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (var (key, value) in further)
        {
            Set($"RateLimiting:Rules:{name}:{key}", value);
        }

        return this;
    }

    /// <summary>A route and a cluster of the same name.</summary>
    public GatewayHostSettings Route(string id, string path, string policy, string destination, params (string Key, string Value)[] further)
    {
        Set($"ReverseProxy:Routes:{id}:ClusterId", id);
        Set($"ReverseProxy:Routes:{id}:Match:Path", path);
        Set($"ReverseProxy:Routes:{id}:AuthorizationPolicy", policy);
        Set($"ReverseProxy:Clusters:{id}:Destinations:one:Address", destination);
        foreach (var (key, value) in further)
        {
            Set(key.StartsWith("Cluster:", StringComparison.Ordinal) ? $"ReverseProxy:Clusters:{id}:{key[8..]}" : $"ReverseProxy:Routes:{id}:{key}", value);
        }

        return this;
    }

    /// <summary>Any setting.</summary>
    public GatewayHostSettings Set(string key, string? value)
    {
        _configuration[key] = value;
        return this;
    }

    public IDictionary<string, string?> ToConfiguration(string folder) =>
        new Dictionary<string, string?>(_configuration) { ["Gateway:DataPath"] = Path.Combine(folder, "data"), ["Gateway:ManagementUrl"] = "http://127.0.0.1:0", ["Policies:Path"] = Path.Combine(folder, "policies") };

    public void WritePolicies(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, text) in _policies)
        {
            File.WriteAllText(Path.Combine(folder, name + ".yaml"), text);
        }

        foreach (var (name, text) in _networks)
        {
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "networks")).FullName, name + ".txt"), text);
        }
    }
}
