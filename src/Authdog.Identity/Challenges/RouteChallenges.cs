using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Challenges;

/// <summary>Challenges of routes, whose policies ask for one: whether a client has passed, and where it can.</summary>
public sealed class RouteChallenges
{
    private readonly ChallengeGate _gate;
    private readonly ChallengePasses _passes;
    private readonly ChallengeTargets _targets;
    private readonly bool _enabled;

    internal RouteChallenges(ChallengeGate gate, ChallengePasses passes, ChallengeTargets targets, IOptions<ChallengeOptions> options) =>
        (_gate, _passes, _targets, _enabled) = (gate, passes, targets, options.Value.Enabled);

    /// <summary>Whether the client has passed what its route's policy asks for. No store is asked.</summary>
    public bool HasPassed(HttpContext context, TenantId tenant) =>
        _enabled && _passes.Find(context, tenant) is { } pass && pass.Level >= _gate.ForRoute(context).Level;

    /// <summary>Whether the client has solved any challenge not long ago: a signal, no permission.</summary>
    public bool Remembers(HttpContext context, TenantId tenant) => _passes.Find(context, tenant) is not null;

    /// <summary>Where a browser solves its challenge, and goes on to a local target afterwards.</summary>
    public string Address(TenantId tenant, string target) => $"{PagePaths.Challenge}?{ChallengeFields.To}={Uri.EscapeDataString(_targets.Seal(tenant, target))}";
}
