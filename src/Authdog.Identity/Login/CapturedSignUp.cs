namespace Authdog.Identity.Login;

/// <summary>Where somebody is led who wanted to sign up.</summary>
/// <param name="Name">What people call the way in.</param>
/// <param name="Login">Address of the login; null for this tenant's.</param>
internal sealed record CapturedSignUp(string Name, string? Login);
