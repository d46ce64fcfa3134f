namespace Authdog.Identity.Login;

/// <summary>A question that a login has put to another party, and whose answer comes back by way of the browser. A login has one at a time; a new one takes its place.</summary>
/// <param name="Method">Method that asked.</param>
/// <param name="Party">Whom it asked: the name of a connection or provider.</param>
/// <param name="Secret">SHA-256 of the secret in the state that goes out and has to come back.</param>
/// <param name="Payload">What the method needs to judge the answer, sealed by the method or no secret.</param>
public sealed record ExternalChallenge(string Method, string Party, string Secret, string Payload);
