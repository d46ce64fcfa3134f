using System.Collections.Immutable;
using Authdog.Policies.Language;

namespace Authdog.Policies.Catalog;

/// <summary>What a complete set must pass before it is put to use.</summary>
/// <param name="policies">The set, without mistakes of its own.</param>
/// <param name="path">The folder that it was read from.</param>
/// <returns>Why the set is not put to use; empty when it is.</returns>
public delegate ImmutableArray<PolicyError> PolicyGate(PolicySnapshot policies, string path);
