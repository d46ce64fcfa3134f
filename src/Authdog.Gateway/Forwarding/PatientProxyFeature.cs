using Yarp.ReverseProxy.Model;

namespace Authdog.Gateway.Forwarding;

/// <summary>YARP's state of one request, with a cluster that waits longer.</summary>
internal sealed class PatientProxyFeature(IReverseProxyFeature inner, TimeSpan patience) : IReverseProxyFeature
{
    public RouteModel Route => inner.Route;

    public ClusterModel Cluster { get; } = new(
        inner.Cluster.Config with { HttpRequest = (inner.Cluster.Config.HttpRequest ?? new()) with { ActivityTimeout = patience } },
        inner.Cluster.HttpClient);

    public IReadOnlyList<DestinationState> AllDestinations => inner.AllDestinations;

    public IReadOnlyList<DestinationState> AvailableDestinations
    {
        get => inner.AvailableDestinations;
        set => inner.AvailableDestinations = value;
    }

    public DestinationState? ProxiedDestination
    {
        get => inner.ProxiedDestination;
        set => inner.ProxiedDestination = value;
    }
}
