namespace Authdog.Identity.Clients;

/// <summary>By what a browser is known again: a random number, since when, and whether somebody has signed in with it.</summary>
/// <param name="Id">Random; says nothing about anybody.</param>
/// <param name="Day">Day of its first visit, counted from 1970: no finer, since nobody needs it finer.</param>
/// <param name="Trust">A keyed hash of the account that last signed in; null when none has. Failures of one account's browsers count together, so that one account gives no endless supply of trusted ones.</param>
public sealed record ClientMark(string Id, int Day, string? Trust);
