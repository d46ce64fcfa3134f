using Authdog.Gateway.Edge;
using Microsoft.AspNetCore.Routing.Template;

namespace Authdog.Gateway.Routing;

/// <summary>Which methods the gateway's own endpoints take at a path, for the answer to one that they do not.</summary>
internal sealed class OwnMethods(EndpointDataSource endpoints)
{
    /// <summary>The methods at a path; none when nothing of the gateway's own is there.</summary>
    public IReadOnlyCollection<string> At(PathString path)
    {
        var methods = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var endpoint in endpoints.Endpoints.OfType<RouteEndpoint>())
        {
            var pattern = endpoint.RoutePattern;
            if (OwnPaths.Contains(pattern.RawText ?? string.Empty)
                && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is { } taken
                && new TemplateMatcher(new RouteTemplate(pattern), []).TryMatch(path, []))
            {
                methods.UnionWith(taken.HttpMethods);
            }
        }

        if (methods.Contains(HttpMethods.Get))
        {
            methods.Add(HttpMethods.Head);
        }

        return methods;
    }
}
