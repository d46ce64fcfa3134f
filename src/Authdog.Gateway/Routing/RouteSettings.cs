namespace Authdog.Gateway.Routing;

/// <summary>What a route says to the gateway beyond YARP's own schema, read once per configuration.</summary>
/// <param name="Audience"><c>aud</c> of the assertion.</param>
/// <param name="Headers">Names of the plain headers.</param>
internal sealed record RouteSettings(string Audience, IdentityHeaderNames Headers)
{
    /// <summary>What its assertion says beyond the rest.</summary>
    public AssertionClaims Claims { get; init; }

    /// <summary>What it lets pass at its own risk.</summary>
    public UnsafeOptIns Unsafe { get; init; }

    /// <summary>What its answers get.</summary>
    public AppSecurityHeaders SecurityHeaders { get; init; }

    /// <summary>Whether its app is told the bot score.</summary>
    public bool TellsBotScore { get; init; }

    /// <summary>Whether the app gets the access token of the person's identity provider.</summary>
    public bool AccessToken { get; init; }

    /// <summary>How long a WebSocket, an event stream or a gRPC call may be silent. Never less than the cluster's ActivityTimeout.</summary>
    public TimeSpan StreamIdleTimeout { get; init; } = TimeSpan.FromHours(1);
}
