using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>tenant</c>: the tenant of the person.</summary>
internal sealed class TenantCriterion(string[] tenants) : PersonalCriterion
{
    public override string Keyword => "tenant";

    public override string Wanted => Wording.AnyOf(tenants);

    public override IReadOnlyList<string> Values => tenants;

    public override bool IsOfOne => true;

    public override Change? Suppose(in AccessRequest request, bool hit) =>
        hit ? Change.Of(in request, subject => subject with { Tenant = tenants[0] }, $"somebody of the tenant {Wanted}", Weights.OtherPerson) : null;

    protected override Verdict Judge(Subject subject, DateTimeOffset now) => tenants.AsSpan().Contains(subject.Tenant) ? Verdict.Hit : Verdict.Miss;

    protected override string SeenOf(Subject subject, DateTimeOffset now) => subject.Tenant;
}
