using Authdog.Identity.Sessions;

namespace Authdog.Identity.Login.Risk;

/// <summary>What signals are worth together.</summary>
internal static class RiskLevels
{
    /// <summary>The level of the gravest signal; one more when there are several, since each alone has innocent reasons that seldom meet.</summary>
    public static SignInRisk Of(IReadOnlyCollection<RiskSignal> signals)
    {
        var gravest = signals.Select(Of).DefaultIfEmpty(SignInRisk.None).Max();
        return signals.Count > 1 && gravest < SignInRisk.High ? gravest + 1 : gravest;
    }

    private static SignInRisk Of(RiskSignal signal) => signal switch
    {
        RiskSignal.NewDevice => SignInRisk.Low,
        RiskSignal.NewCountry or RiskSignal.LikelyBot or RiskSignal.LeakedPassword => SignInRisk.Medium,
        _ => SignInRisk.High,
    };
}
