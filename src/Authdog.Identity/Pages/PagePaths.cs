namespace Authdog.Identity.Pages;

/// <summary>Where the gateway's own pages live (SURFACE, "HTTP").</summary>
public static class PagePaths
{
    /// <summary>Everything of the gateway's own lives under this.</summary>
    public const string Prefix = "/.authdog";

    /// <summary>Login page.</summary>
    public const string Login = Prefix + "/login";

    /// <summary>Logout.</summary>
    public const string Logout = Prefix + "/logout";

    /// <summary>Self sign-up.</summary>
    public const string SignUp = Prefix + "/sign-up";

    /// <summary>E-mail verification.</summary>
    public const string VerifyEmail = Prefix + "/verify-email";

    /// <summary>Password recovery.</summary>
    public const string Recover = Prefix + "/recover";

    /// <summary>A second step that is lost.</summary>
    public const string RecoverSecondStep = Recover + "/second-step";

    /// <summary>Second steps: authenticator apps and recovery codes.</summary>
    public const string SecondSteps = Account + "/second-steps";

    /// <summary>Self-service.</summary>
    public const string Account = Prefix + "/account";

    /// <summary>"This wasn't me": for whoever holds the link of a security notice, signed in or not.</summary>
    public const string NotMe = Prefix + "/not-me";

    /// <summary>Where the link of an invitation leads.</summary>
    public const string Invitation = Prefix + "/invitation";

    /// <summary>Where strangers ask to join a tenant.</summary>
    public const string Join = Prefix + "/join";

    /// <summary>Where a person finds the tenants that they have an account in.</summary>
    public const string Organizations = Prefix + "/organizations";

    /// <summary>The challenge that a route's policy asks for.</summary>
    public const string Challenge = Prefix + "/challenge";

    /// <summary>Setting up a connection by invitation.</summary>
    public const string Setup = Prefix + "/setup";

    /// <summary>Styles, scripts, logo.</summary>
    public const string Assets = Prefix + "/assets";
}
