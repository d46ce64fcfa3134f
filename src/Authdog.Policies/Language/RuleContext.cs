using Authdog.Policies.Rules;

namespace Authdog.Policies.Language;

/// <summary>What a criterion's reader needs to know of the rule around it.</summary>
/// <param name="Errors">Where mistakes go.</param>
/// <param name="Definitions">What may be named.</param>
/// <param name="Effect">Effect of the rule.</param>
/// <param name="IsNegated">Whether an odd number of <c>not</c> is around.</param>
internal sealed record RuleContext(
    ErrorList Errors,
    Definitions Definitions,
    RuleEffect Effect,
    bool IsNegated)
{
    /// <summary>Whether a hit takes access away; such criteria compare widely, all others exactly.</summary>
    public bool HitRefuses => (Effect == RuleEffect.Deny) != IsNegated;

    /// <summary>Whether the rule may ask who it is: one that lets anybody pass may not.</summary>
    public bool MayAskWho => Effect is RuleEffect.Allow or RuleEffect.Deny;
}
