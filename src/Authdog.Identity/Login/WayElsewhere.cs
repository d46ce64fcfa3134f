namespace Authdog.Identity.Login;

/// <summary>Where a user can show what they cannot show here.</summary>
/// <param name="Origin">Another host of the same tenant.</param>
/// <param name="CanSetUp">Whether they can set something up there that works here too.</param>
public sealed record WayElsewhere(string Origin, bool CanSetUp);
