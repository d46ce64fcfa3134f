using Authdog.Policies.Language;

namespace Authdog.Policies.Testing;

/// <summary>What a test expects, with the places of its values.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Reason">The reason, when it matters.</param>
/// <param name="Texts">Rule, message, link and names of settings, those that matter; <c>none</c> for none.</param>
/// <param name="Shadow">What would be decided with shadow mode enforced, when it matters.</param>
internal sealed record Expectation(YamlScalar Outcome, YamlScalar? Reason, IReadOnlyList<(string Key, YamlScalar Value)> Texts, Expectation? Shadow);
