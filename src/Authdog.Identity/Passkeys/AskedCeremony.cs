namespace Authdog.Identity.Passkeys;

/// <summary>What a page needs to ask an authenticator.</summary>
/// <param name="Options">Options for <c>navigator.credentials</c>, as JSON.</param>
/// <param name="Challenge">The sealed challenge, to be posted beside the answer.</param>
public sealed record AskedCeremony(string Options, string Challenge);
