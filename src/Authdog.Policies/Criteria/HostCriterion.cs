using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>host</c>: a name, or <c>*.example.com</c> for every name below <c>example.com</c>, at any depth, but not itself.</summary>
internal sealed class HostCriterion(string[] hosts) : Criterion
{
    public override string Keyword => "host";

    public override string Wanted => Wording.AnyOf(hosts);

    /// <summary>The hosts and patterns.</summary>
    public IReadOnlyList<string> Hosts => hosts;

    // Patterns overlap without being alike.
    public override IReadOnlyList<string>? Values => hosts.All(host => host[0] != '*') ? hosts : null;

    public override bool IsOfOne => true;

    public override string Seen(in AccessRequest request) => request.Host;

    public override Verdict Judge(in AccessRequest request, AbsentPerson absent)
    {
        foreach (var host in hosts)
        {
            if (Matches(host, request.Host))
            {
                return Verdict.Hit;
            }
        }

        return Verdict.Miss;
    }

    private static bool Matches(string wanted, string host) => wanted[0] == '*'
        ? host.Length > wanted.Length - 1 && host.EndsWith(wanted.AsSpan(1), StringComparison.OrdinalIgnoreCase)
        : host.Equals(wanted, StringComparison.OrdinalIgnoreCase);
}
