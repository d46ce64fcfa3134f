namespace Authdog.Attack;

/// <summary>The two streams of a phase: signed-in people's requests through the gateway, and as many to the app itself, which say what the machine alone costs while others use it.</summary>
internal sealed record Traffics(Latency App, Latency Direct);
