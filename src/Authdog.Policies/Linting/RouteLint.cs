using Authdog.Policies.Criteria;
using Authdog.Policies.Language;
using Authdog.Policies.Rules;

namespace Authdog.Policies.Linting;

/// <summary>Paths, hosts and methods that no route of a policy ever brings to it.</summary>
internal static class RouteLint
{
    public static IEnumerable<PolicyError> Check(Policy policy, IReadOnlyCollection<LintRoute>? routes)
    {
        LintRoute[] own = [.. (routes ?? []).Where(route => route.Policy == policy.Name)];
        if (own.Length == 0)
        {
            // A policy that no route names is said elsewhere.
            yield break;
        }

        foreach (var placed in PlacedCriterion.Of(policy))
        {
            var (unreached, what) = placed.Criterion switch
            {
                PathCriterion path => (path.Patterns.Where(pattern => !own.Any(route => MayMeet(pattern, route.Path))).Select(pattern => pattern.Text), "path"),
                HostCriterion host => (host.Hosts.Where(name => !own.Any(route => MayMeet(name, route.Hosts))), "host"),
                MethodCriterion method => (method.Values.Where(name => !own.Any(route => route.Methods.Count == 0 || route.Methods.Contains(name, StringComparer.OrdinalIgnoreCase))), "method"),
                _ => ([], ""),
            };
            foreach (var value in unreached)
            {
                yield return placed.Warn(ErrorCodes.NeverReached, $"No route with this policy ever sees this {what}", value, $"Its routes: {string.Join(", ", own.Select(route => route.Id))}; change one of them, or remove the {what}");
            }
        }
    }

    private static bool MayMeet(PathPattern pattern, string? template)
    {
        if (template is null)
        {
            return true;
        }

        var segments = template.Trim('/').Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            if (segments[i].Contains('{', StringComparison.Ordinal))
            {
                return true;
            }

            if (i >= pattern.LiteralSegments.Count)
            {
                // What follows in the pattern is open, or the pattern ends here and the template does not.
                return segments[i].Length == 0 || pattern.Text.Contains('*', StringComparison.Ordinal);
            }

            if (!segments[i].Equals(pattern.LiteralSegments[i], StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return pattern.LiteralSegments.Count <= segments.Length;
    }

    private static bool MayMeet(string host, IReadOnlyList<string> hosts) => hosts.Count == 0
        || host[0] == '*'
        || hosts.Any(other => other.Split(':')[0] is var name && (name.StartsWith('*') ? host.EndsWith(name[1..], StringComparison.OrdinalIgnoreCase) : name.Equals(host, StringComparison.OrdinalIgnoreCase)));
}
