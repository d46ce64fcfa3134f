using Authdog.Identity.Users;

namespace Authdog.Identity.Login;

/// <summary>The step of a login that a method is asked to draw or to judge.</summary>
/// <param name="Flow">The login.</param>
/// <param name="User">The user, once one is known; null while only an address is, or not even that.</param>
/// <param name="Enrolling">Whether the method is to be set up in this step, and proved by that.</param>
/// <param name="HasOthers">Whether there are other methods to choose from (<see cref="LoginAddress.Choice"/>).</param>
public sealed record LoginStep(LoginFlow Flow, User? User, bool Enrolling, bool HasOthers);
