using Authdog.Identity.Pages;

namespace Authdog.Identity.Accounts;

/// <summary>Where the pages of self-service live. What a person can do there, they do on a page of its own, so that a new sign-in leads back to it.</summary>
public static class AccountPaths
{
    /// <summary>Overview.</summary>
    public const string Overview = PagePaths.Account;

    /// <summary>Name, picture, language, attributes, address.</summary>
    public const string Profile = PagePaths.Account + "/profile";

    /// <summary>Password, and what features link there (<see cref="AccountSection.Parent"/>).</summary>
    public const string Security = PagePaths.Account + "/security";

    /// <summary>Change of the password.</summary>
    public const string Password = PagePaths.Account + "/password";

    /// <summary>Where the account is signed in.</summary>
    public const string Devices = PagePaths.Account + "/devices";
}
