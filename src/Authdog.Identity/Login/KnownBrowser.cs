using System.Collections.Immutable;

namespace Authdog.Identity.Login;

/// <summary>A browser that has signed in to an account before.</summary>
/// <param name="Id">Its stable random name at this account.</param>
/// <param name="Methods">Methods that it used, the last one first; empty when it is known by mail alone.</param>
public sealed record KnownBrowser(string Id, ImmutableArray<string> Methods);
