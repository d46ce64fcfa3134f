using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary>One predicate over a request. Immutable once read, shared by all requests, and free of allocation when judged.</summary>
internal abstract class Criterion
{
    /// <summary>As written in a policy file.</summary>
    public abstract string Keyword { get; }

    /// <summary>Line of the file where it stands; 0 when it was not read from one. Set once, by the reader.</summary>
    public int Line { get; set; }

    /// <summary>Judges a request.</summary>
    public abstract Verdict Judge(in AccessRequest request, AbsentPerson absent);

    /// <summary>The wanted value as text; <see langword="null"/> for combinations. For explanations only.</summary>
    public virtual string? Wanted => null;

    /// <summary>The value of the request as text; <see langword="null"/> for combinations. For explanations only.</summary>
    public virtual string? Seen(in AccessRequest request) => null;

    /// <summary>What kind of thing <see cref="Seen"/> shows.</summary>
    public virtual SeenKind Shows => SeenKind.Plain;

    /// <summary>What judging costs, so that the cheap comes first. The order never changes an answer.</summary>
    public virtual Cost Cost => Cost.Comparison;

    /// <summary>
    /// The request, changed as little as possible, so that this criterion hits (or misses, when <paramref name="hit"/> is
    /// false); <see langword="null"/> when whoever asks cannot bring that about. For explanations only.
    /// </summary>
    public virtual Change? Suppose(in AccessRequest request, bool hit) => null;

    /// <summary>The values of which one is enough, when they can be listed and are compared whole; <see langword="null"/> otherwise. For lint only.</summary>
    public virtual IReadOnlyList<string>? Values => null;

    /// <summary>Whether a request has exactly one value of this kind, so that two criteria without a common value exclude each other. For lint only.</summary>
    public virtual bool IsOfOne => false;

    /// <summary>What a combination combines.</summary>
    public virtual IReadOnlyList<Criterion> Parts => [];
}
