namespace Authdog.Console.Api;

/// <summary>A part of a list.</summary>
/// <param name="Items">In the list's order.</param>
/// <param name="Next">What to give as <c>cursor</c> to get the part that follows; null at the end.</param>
public sealed record ApiPage<T>(IReadOnlyList<T> Items, string? Next);
