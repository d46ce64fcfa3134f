namespace Authdog.Policies.Linting;

/// <summary>A route, as far as it limits what its policy can see.</summary>
/// <param name="Id">Id of the route.</param>
/// <param name="Policy">The policy that it names.</param>
/// <param name="Path">Its path template; <see langword="null"/> for every path.</param>
/// <param name="Hosts">Its hosts; empty for every host.</param>
/// <param name="Methods">Its methods; empty for every method.</param>
public sealed record LintRoute(string Id, string Policy, string? Path, IReadOnlyList<string> Hosts, IReadOnlyList<string> Methods);
