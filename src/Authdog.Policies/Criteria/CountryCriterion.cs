using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>country</c>: where the client's address is. What is not known is unknown, unless the policy names <c>unknown</c> itself.</summary>
internal sealed class CountryCriterion(string[] countries) : Criterion
{
    /// <summary>What policies write for a place that is not known.</summary>
    public const string NotKnown = "unknown";

    private readonly string[] known = [.. countries.Where(country => country != NotKnown)];
    private readonly Verdict notKnown = countries.Contains(NotKnown) ? Verdict.Hit
        : Verdict.Unknown;

    public override string Keyword => "country";

    public override string Wanted => Wording.AnyOf(countries);

    public override IReadOnlyList<string> Values => countries;

    public override bool IsOfOne => true;

    public override Cost Cost => Cost.Lookup;

    public override string Seen(in AccessRequest request) => request.Facts?.Country ?? NotKnown;

    public override Verdict Judge(in AccessRequest request, AbsentPerson absent) =>
        request.Facts?.Country is not { } country ? notKnown : known.AsSpan().Contains(country) ? Verdict.Hit : Verdict.Miss;
}
