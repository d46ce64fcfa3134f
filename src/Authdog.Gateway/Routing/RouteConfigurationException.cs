namespace Authdog.Gateway.Routing;

/// <summary>A route has mistakes: all of them.</summary>
internal sealed class RouteConfigurationException(IReadOnlyList<RouteError> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    public IReadOnlyList<RouteError> Errors { get; } = errors;
}
