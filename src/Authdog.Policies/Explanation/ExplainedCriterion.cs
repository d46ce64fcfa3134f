using System.Collections.Immutable;
using Authdog.Policies.Criteria;

namespace Authdog.Policies.Explanation;

/// <summary>One criterion of a rule, and what came of it.</summary>
/// <param name="Keyword">As written in the file: <c>path</c>, <c>role</c>, <c>all</c>, …</param>
/// <param name="Verdict">Hit, miss or unknown.</param>
/// <param name="Wanted">The value that the policy wants; <see langword="null"/> for <c>all</c>, <c>any</c> and <c>not</c>.</param>
/// <param name="Seen">The value that the request has; <see langword="null"/> for <c>all</c>, <c>any</c> and <c>not</c>.</param>
/// <param name="Parts">The criteria inside <c>all</c>, <c>any</c> and <c>not</c>.</param>
public sealed record ExplainedCriterion(
    string Keyword,
    Verdict Verdict,
    string? Wanted,
    string? Seen,
    ImmutableArray<ExplainedCriterion> Parts);
