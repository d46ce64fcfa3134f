using Authdog.Policies.Criteria;
using Authdog.Policies.Rules;

namespace Authdog.Policies.Language;

/// <summary>What a criterion's reader needs to know of the rule around it.</summary>
/// <param name="Errors">Where mistakes go.</param>
/// <param name="Networks">Named networks; a file that has mistakes of its own is there with <see langword="null"/>.</param>
/// <param name="Effect">Effect of the rule.</param>
/// <param name="IsNegated">Whether an odd number of <c>not</c> is around.</param>
internal sealed record RuleContext(
    ErrorList Errors,
    IReadOnlyDictionary<string, NetworkSet?> Networks,
    RuleEffect Effect,
    bool IsNegated)
{
    /// <summary>Whether a hit takes access away; such criteria compare widely, all others exactly.</summary>
    public bool HitRefuses => (Effect == RuleEffect.Deny) != IsNegated;
}
