using Authdog.Gateway.Access.Recording;
using Authdog.Identity.Sessions;
using Authdog.Policies.Decisions;

namespace Authdog.Gateway.Access;

/// <summary>What was decided about this request; set by the access check, read by the answer and by the forwarder.</summary>
/// <param name="Decision">The policy's answer.</param>
/// <param name="Session">Who asks; null when nobody is signed in.</param>
internal sealed record AccessFeature(AccessDecision Decision, Session? Session)
{
    /// <summary>What there is to record once the answer is known; null when nothing is.</summary>
    public SeenRequest? Seen { get; init; }
}
