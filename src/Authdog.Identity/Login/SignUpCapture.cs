using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Login;

/// <summary>Says whether who wants to sign up with an address is led elsewhere, because the domain's owner wants its people to come another way. Registered as a scoped service; nothing here knows the feature.</summary>
/// <param name="FindAsync">Where they are led; null when they may sign up. It follows from the domain alone (I1).</param>
internal sealed record SignUpCapture(Func<EmailAddress, CancellationToken, ValueTask<CapturedSignUp?>> FindAsync);
