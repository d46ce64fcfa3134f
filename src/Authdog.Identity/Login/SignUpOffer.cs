namespace Authdog.Identity.Login;

/// <summary>Whether the login page links to sign-up; follows the tenant's <c>SignUp:Enabled</c>.</summary>
/// <param name="Offered">Whether it does.</param>
internal sealed record SignUpOffer(bool Offered);
