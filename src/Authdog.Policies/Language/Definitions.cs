using Authdog.Policies.Criteria;

namespace Authdog.Policies.Language;

/// <summary>What stands beside the policies and may be named in them.</summary>
/// <param name="Networks">Named networks; a file that has mistakes of its own is there with <see langword="null"/>.</param>
/// <param name="Conditions">Named conditions.</param>
internal sealed record Definitions(IReadOnlyDictionary<string, NetworkSet?> Networks, ConditionSet Conditions)
{
    /// <summary>Nothing stands beside the policies.</summary>
    public static Definitions None { get; } = new(new Dictionary<string, NetworkSet?>(StringComparer.Ordinal), ConditionSet.Empty);
}
