using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>ip</c>: the client's address lies in one of the networks. An unknown address is unknown, never a miss.</summary>
internal sealed class IpCriterion(string[] wanted, NetworkSet[] networks) : Criterion
{
    public override string Keyword => "ip";

    public override string Wanted => Wording.AnyOf(wanted);

    public override SeenKind Shows => SeenKind.Address;

    public override Cost Cost => Cost.Search;

    public override Change? Suppose(in AccessRequest request, bool hit) => hit && networks.Select(network => network.Example).FirstOrDefault(address => address is not null) is { } inside
        ? new Change(request with { RemoteAddress = inside }, $"an address in {Wanted}", Weights.Circumstance)
        : null;

    /// <summary>Whether an address can be in a network of both.</summary>
    public bool Meets(IpCriterion other) => networks.Any(one => other.Holds(one));

    public override string Seen(in AccessRequest request) => request.RemoteAddress?.ToString() ?? "unknown address";

    public override Verdict Judge(in AccessRequest request, AbsentPerson absent)
    {
        if (request.RemoteAddress is not { } address)
        {
            return Verdict.Unknown;
        }

        foreach (var network in networks)
        {
            if (network.Contains(address))
            {
                return Verdict.Hit;
            }
        }

        return Verdict.Miss;
    }

    private bool Holds(NetworkSet theirs) => networks.Any(theirs.Meets);
}
