using System.Collections.Frozen;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>claim</c>: a claim has one of the values or lies in a range; without either, the claim is there at all.</summary>
internal sealed class ClaimCriterion(ClaimName name, ClaimTest test) : PersonalCriterion
{
    public override string Keyword => "claim";

    /// <summary>Name of the claim.</summary>
    public string Name => name.Text;

    public override string Wanted => $"{name.Text} {test}";

    public override SeenKind Shows => SeenKind.Personal;

    public override Cost Cost => Cost.Search;

    public override Change? Suppose(in AccessRequest request, bool hit) => hit
        ? Change.Of(
            in request,
            subject => subject with { Claims = subject.Claims.Where(claim => claim.Key != name.Text).Append(new(name.Text, test.Example)).ToFrozenDictionary(StringComparer.Ordinal) },
            $"the claim {Wanted}",
            Weights.Grant)
        : null;

    protected override Verdict Judge(Subject subject, DateTimeOffset now) =>
        name.Find(subject.Claims) is { } claim && test.Holds(claim) ? Verdict.Hit : Verdict.Miss;

    protected override string SeenOf(Subject subject, DateTimeOffset now) =>
        name.Find(subject.Claims) is { } claim ? $"{name.Text} = {Wording.Of(claim)}" : $"{name.Text} absent";
}
