using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary>A request that differs from the real one, and in what.</summary>
/// <param name="Request">The changed request.</param>
/// <param name="Words">The change in words, for example <c>the role finance</c>; empty when nothing had to change.</param>
/// <param name="Weight">How much it takes, for choosing the least: 1 for a new sign-in, more for what others must grant.</param>
internal sealed record Change(AccessRequest Request, string Words, int Weight)
{
    /// <summary>Of a change in the signed-in person; <see langword="null"/> while nobody is signed in.</summary>
    public static Change? Of(in AccessRequest request, Func<Subject, Subject> change, string words, int weight) =>
        request.Subject is { } subject ? new Change(request with { Subject = change(subject) }, words, weight) : null;
}
