using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Login;

/// <summary>Says whether the people of an address have to begin a login in one certain way (enforced SSO). Registered as a scoped service; nothing here knows the feature.</summary>
/// <param name="FindAsync">What is mandated; null when any way will do. It follows from the address alone, whether or not it has an account (I1).</param>
internal sealed record LoginMandate(Func<EmailAddress, CancellationToken, ValueTask<MandatedMethod?>> FindAsync);
