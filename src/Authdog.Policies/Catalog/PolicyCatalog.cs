using Authdog.Policies.Decisions;

namespace Authdog.Policies.Catalog;

/// <summary>The policy folder as an immutable snapshot that is replaced whole or not at all.</summary>
public sealed class PolicyCatalog
{
    /// <summary>Whether the current snapshot has a policy of this name.</summary>
    public bool Contains(string policy) => throw new NotSupportedException(policy);

    /// <summary>Decides by the named policy of the current snapshot. An unknown name denies.</summary>
    public AccessDecision Decide(string policy, in AccessRequest request) => throw new NotSupportedException(policy);
}
