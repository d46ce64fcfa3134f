using Authdog.Policies.Decisions;

namespace Authdog.Policies.Tests.Rules;

/// <summary>A rule of the model that the reference evaluator judges.</summary>
internal sealed record ModelRule(string Effect, ModelCondition? When, string? Require)
{
    public string ToYaml(string name) =>
        $"{{ name: {name}, effect: {Effect}{(When is null ? "" : $", when: {When.ToYaml()}")}{Require switch { "acr" => ", require: { acr: aal2 }", "max-age" => ", require: { max-age: 10m }", _ => "" }} }}";

    public bool RequirementHolds(AccessRequest request) => Require switch
    {
        "acr" => request.Subject!.Acr == "aal2",
        "max-age" => request.Now - request.Subject!.AuthenticatedAt <= TimeSpan.FromMinutes(10),
        _ => true,
    };
}
