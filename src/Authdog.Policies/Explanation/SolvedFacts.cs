using Authdog.Policies.Decisions;

namespace Authdog.Policies.Explanation;

/// <summary>The facts of a request, had its client solved a challenge.</summary>
internal sealed class SolvedFacts(RequestFacts facts) : RequestFacts
{
    public override ClientCertificate? ClientCertificate => facts.ClientCertificate;

    public override string? Country => facts.Country;

    public override long? Asn => facts.Asn;

    public override int? BotScore => facts.BotScore;

    public override string? BotSignals => facts.BotSignals;

    public override bool? ChallengePassed => true;

    public override FieldLines Header(string name) => facts.Header(name);
}
