using System.Collections.Immutable;
using Authdog.Policies.Language;

namespace Authdog.Policies.Catalog;

/// <summary>What came of reading a policy folder: a snapshot, or every error in every file.</summary>
public sealed record PolicyLoadResult
{
    internal PolicyLoadResult(PolicySnapshot snapshot) => Snapshot = snapshot;

    internal PolicyLoadResult(ImmutableArray<PolicyError> errors) => Errors = errors;

    /// <summary>The complete set; <see langword="null"/> when there is any error.</summary>
    public PolicySnapshot? Snapshot { get; }

    /// <summary>All errors, by file and place; empty when the set was loaded.</summary>
    public ImmutableArray<PolicyError> Errors { get; } = [];
}
