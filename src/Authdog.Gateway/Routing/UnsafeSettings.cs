using Yarp.ReverseProxy.Configuration;

namespace Authdog.Gateway.Routing;

/// <summary>Reads <c>Authdog:Unsafe:…</c>.</summary>
internal static class UnsafeSettings
{
    private const string Prefix = "Authdog:Unsafe:";

    /// <summary>What the route opts into; only the word <c>true</c> does.</summary>
    public static UnsafeOptIns Of(RouteConfig route)
    {
        var optIns = UnsafeOptIns.None;
        foreach (var (key, value) in route.Metadata ?? new Dictionary<string, string>())
        {
            if (Parse(key) is { } optIn && bool.TryParse(value, out var chosen) && chosen)
            {
                optIns |= optIn;
            }
        }

        return optIns;
    }

    /// <summary>The opt-in that a metadata key names; null when it is none.</summary>
    public static UnsafeOptIns? Parse(string key) =>
        key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && !key.AsSpan(Prefix.Length).ContainsAnyInRange('0', '9')
        && Enum.TryParse<UnsafeOptIns>(key[Prefix.Length..], ignoreCase: true, out var optIn) && Enum.IsDefined(optIn) && optIn != UnsafeOptIns.None
            ? optIn
            : null;

    /// <summary>What an operator should know about a route's opt-ins, one sentence each.</summary>
    public static IEnumerable<string> Warnings(RouteConfig route) =>
        from optIn in new[] { UnsafeOptIns.EncodedSlash, UnsafeOptIns.EmptySegments, UnsafeOptIns.PathParameters, UnsafeOptIns.HeaderNames }
        where Of(route).HasFlag(optIn)
        select $"ReverseProxy:Routes:{route.RouteId}:Metadata:{Prefix}{optIn} is on: {Risk(optIn)}";

    private static string Risk(UnsafeOptIns optIn) => optIn switch
    {
        UnsafeOptIns.EncodedSlash => "policies do not see '%2f' as a slash; if the app does, a path can mean more to it than was judged.",
        UnsafeOptIns.EmptySegments => "policies see '//' as it is; if the app merges slashes, a path can mean more to it than was judged.",
        UnsafeOptIns.PathParameters => "policies see ';' as it is; if the app cuts parameters off, a path can mean more to it than was judged.",
        _ => "header names with '_', '.' and the like reach the app; if it folds them, one header can stand for another.",
    };
}
