using System.Collections.Immutable;
using Authdog.Policies.Language;

namespace Authdog.Policies.Catalog;

/// <summary>How the catalog is, for health and for the operator.</summary>
/// <param name="LoadedAt">When the current set was loaded; <see langword="null"/> before the first success.</param>
/// <param name="CheckedAt">When loading was last tried; <see langword="null"/> before the first try.</param>
/// <param name="Policies">Number of policies in the current set.</param>
/// <param name="Errors">Errors of the last try; the current set is then an older one.</param>
public sealed record PolicyCatalogStatus(
    DateTimeOffset? LoadedAt,
    DateTimeOffset? CheckedAt,
    int Policies,
    ImmutableArray<PolicyError> Errors)
{
    /// <summary>Whether decisions are made by an older set (or none) because the folder as it is now has errors.</summary>
    public bool IsDegraded => !Errors.IsEmpty || LoadedAt is null;
}
