using Authdog.Policies.Decisions;

namespace Authdog.Policies.Tests.Rules;

/// <summary>A rule of the model that the reference evaluator judges.</summary>
internal sealed record ModelRule(string Effect, ModelCondition? When, string? Require, bool IsShadow = false, bool Challenge = false)
{
    public string ToYaml(string name) =>
        $"{{ name: {name}, effect: {Effect}{(IsShadow ? ", mode: shadow" : "")}{(When is null ? "" : $", when: {When.ToYaml()}")}{Require switch { "acr" => ", require: { acr: aal2 }", "max-age" => ", require: { max-age: 10m }", "passkey" => ", require: { passkey: device-bound, max-age: 10m }", "connection" => ", require: { connection: [acme, local] }", _ => "" }}{(Challenge ? ", challenge: true" : "")} }}";

    public bool ChallengeHolds(AccessRequest request) => !Challenge || request.Facts?.ChallengePassed is true;

    public bool RequirementHolds(AccessRequest request) => Require switch
    {
        "acr" => request.Subject!.Acr == "aal2",
        "max-age" => request.Now - request.Subject!.AuthenticatedAt <= TimeSpan.FromMinutes(10),
        "passkey" => request.Subject!.FactorUses.Any(use => use.Passkey?.Kind == PasskeyKind.DeviceBound && request.Now - use.At <= TimeSpan.FromMinutes(10)),
        "connection" => request.Subject!.Connection is null or "acme",
        _ => true,
    };
}
