using System.Collections.Immutable;
using Authdog.Identity.Sessions;

namespace Authdog.Identity.Login.Risk;

/// <summary>What is unusual about a sign-in and what is done about it. A request feature between the last proof and the session.</summary>
/// <param name="Signals">What is unusual; empty for most.</param>
/// <param name="Level">What the signals are worth together, whatever is done about each.</param>
/// <param name="Treatment">The strictest of what the signals ask for.</param>
internal sealed record RiskAssessment(ImmutableArray<RiskSignal> Signals, SignInRisk Level, RiskTreatment Treatment)
{
    /// <summary>The signals' names, for the audit log.</summary>
    public string Names => string.Join(' ', Signals);
}
