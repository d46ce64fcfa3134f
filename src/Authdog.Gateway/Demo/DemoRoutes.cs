namespace Authdog.Gateway.Demo;

/// <summary>Routes for when the configuration has none, in YARP's own schema.</summary>
internal static class DemoRoutes
{
    /// <summary>Routes to the built-in demo app; the policies are those of the repository's <c>policies</c> folder.</summary>
    public static Dictionary<string, string?> ToDemo(Uri address) => new()
    {
        ["ReverseProxy:Routes:demo-members:ClusterId"] = "demo",
        ["ReverseProxy:Routes:demo-members:Match:Path"] = "/members/{**rest}",
        ["ReverseProxy:Routes:demo-members:AuthorizationPolicy"] = "demo-members",
        ["ReverseProxy:Routes:demo-admin:ClusterId"] = "demo",
        ["ReverseProxy:Routes:demo-admin:Match:Path"] = "/admin/{**rest}",
        ["ReverseProxy:Routes:demo-admin:AuthorizationPolicy"] = "demo-admin",
        ["ReverseProxy:Routes:demo-public:ClusterId"] = "demo",
        ["ReverseProxy:Routes:demo-public:Match:Path"] = "{**rest}",
        ["ReverseProxy:Routes:demo-public:AuthorizationPolicy"] = "demo-public",
        ["ReverseProxy:Clusters:demo:Destinations:app:Address"] = address.AbsoluteUri,
    };

    /// <summary>One route that puts all of an app behind the policy <see cref="SignedInPolicy"/>.</summary>
    public static Dictionary<string, string?> ToUpstream(Uri address) => new()
    {
        ["ReverseProxy:Routes:app:ClusterId"] = "app",
        ["ReverseProxy:Routes:app:Match:Path"] = "{**rest}",
        ["ReverseProxy:Routes:app:AuthorizationPolicy"] = SignedInPolicy,
        ["ReverseProxy:Clusters:app:Destinations:app:Address"] = address.AbsoluteUri,
    };

    /// <summary>Name of the policy that lets in whoever is signed in.</summary>
    public const string SignedInPolicy = "signed-in";
}
