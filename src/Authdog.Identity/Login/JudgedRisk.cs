using Authdog.Identity.Sessions;

namespace Authdog.Identity.Login;

/// <summary>A request feature between the last proof and the session: how unusual the sign-in was found.</summary>
/// <param name="Level">The session has it for its life.</param>
internal sealed record JudgedRisk(SignInRisk Level);
