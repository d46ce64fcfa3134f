using System.Globalization;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>asn</c>: the autonomous system of the client's address. What is not known is unknown, unless the policy names <c>unknown</c> itself.</summary>
internal sealed class AsnCriterion(long[] numbers, bool namesUnknown) : Criterion
{
    public override string Keyword => "asn";

    public override string Wanted =>
        Wording.AnyOf(numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)).Concat(namesUnknown ? [CountryCriterion.NotKnown] : []));

    public override Cost Cost => Cost.Lookup;

    public override string Seen(in AccessRequest request) => request.Facts?.Asn?.ToString(CultureInfo.InvariantCulture) ?? CountryCriterion.NotKnown;

    public override Verdict Judge(in AccessRequest request, AbsentPerson absent) =>
        request.Facts?.Asn is not { } asn
            ? namesUnknown ? Verdict.Hit : Verdict.Unknown
            : numbers.AsSpan().Contains(asn) ? Verdict.Hit : Verdict.Miss;
}
