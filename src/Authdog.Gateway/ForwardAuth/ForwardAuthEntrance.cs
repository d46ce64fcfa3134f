namespace Authdog.Gateway.ForwardAuth;

/// <summary>Holds the public pipeline for the other listener.</summary>
internal sealed class ForwardAuthEntrance
{
    /// <summary>Null until the public listener is about to start.</summary>
    public RequestDelegate? Pipeline { get; set; }
}
