namespace Authdog.Identity.EmailCodes;

/// <summary>What a link in a mail stands for.</summary>
/// <param name="Flow">The login that it is for.</param>
internal sealed record SentLink(string Flow);
