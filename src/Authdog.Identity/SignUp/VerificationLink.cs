namespace Authdog.Identity.SignUp;

/// <summary>What a link to verify an address stands for.</summary>
/// <param name="SignUp">Id of the pending sign-up.</param>
internal sealed record VerificationLink(string SignUp);
