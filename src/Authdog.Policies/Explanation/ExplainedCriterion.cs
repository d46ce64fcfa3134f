using System.Collections.Immutable;
using Authdog.Policies.Criteria;

namespace Authdog.Policies.Explanation;

/// <summary>One criterion of a rule, and what came of it.</summary>
/// <param name="Keyword">As written in the file: <c>path</c>, <c>role</c>, <c>all</c>, …</param>
/// <param name="Line">Line in the policy's file, or in <c>conditions.yaml</c> inside a named condition.</param>
/// <param name="Verdict">Hit, miss or unknown.</param>
/// <param name="Wanted">The value that the policy wants; <see langword="null"/> for combinations.</param>
/// <param name="Seen">The value that the request has, perhaps masked; <see langword="null"/> for combinations.</param>
/// <param name="Parts">The criteria inside <c>all</c>, <c>any</c>, <c>not</c> and named conditions.</param>
public sealed record ExplainedCriterion(
    string Keyword,
    int Line,
    Verdict Verdict,
    string? Wanted,
    string? Seen,
    ImmutableArray<ExplainedCriterion> Parts);
