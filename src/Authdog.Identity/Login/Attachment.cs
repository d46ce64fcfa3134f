namespace Authdog.Identity.Login;

/// <summary>What makes a transaction no login: who is signed in has asked to be known by an identity elsewhere, and goes to prove it.</summary>
/// <param name="Session">The session that asked; another one, of the same person too, is not answered.</param>
/// <param name="Provider">Where the identity has to be.</param>
public sealed record Attachment(string Session, string Provider);
