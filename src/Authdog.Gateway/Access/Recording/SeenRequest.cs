using Authdog.Policies.Decisions;

namespace Authdog.Gateway.Access.Recording;

/// <summary>A decision together with what it depended on, taken out of the request while it is there.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Request">The question. Its facts are given ones: nothing in here holds on to the HTTP request.</param>
internal sealed record SeenRequest(AccessDecision Decision, AccessRequest Request);
