namespace Authdog.Identity.Login;

/// <summary>Where somebody is led who wanted to sign up.</summary>
/// <param name="Name">What people call the way in.</param>
/// <param name="Address">Address of the page there; null for this tenant's login.</param>
internal sealed record CapturedSignUp(string Name, string? Address)
{
    /// <summary>Whether they become a user there by themselves, in place of signing in by what the owner has.</summary>
    public bool Joins { get; init; }
}
