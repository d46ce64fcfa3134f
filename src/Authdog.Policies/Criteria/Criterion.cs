using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary>One predicate over a request. Immutable, shared by all requests, and free of allocation when judged.</summary>
internal abstract class Criterion
{
    /// <summary>As written in a policy file.</summary>
    public abstract string Keyword { get; }

    /// <summary>Judges a request.</summary>
    public abstract Verdict Judge(in AccessRequest request, AbsentPerson absent);

    /// <summary>The wanted value as text; <see langword="null"/> for combinations. For explanations only.</summary>
    public virtual string? Wanted => null;

    /// <summary>The value of the request as text; <see langword="null"/> for combinations. For explanations only.</summary>
    public virtual string? Seen(in AccessRequest request) => null;

    /// <summary>What a combination combines.</summary>
    public virtual IReadOnlyList<Criterion> Parts => [];
}
