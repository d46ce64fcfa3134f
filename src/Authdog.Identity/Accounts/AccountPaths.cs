using Authdog.Identity.Pages;

namespace Authdog.Identity.Accounts;

/// <summary>Where the pages of self-service live. What a person can do there, they do on a page of its own, so that a new sign-in leads back to it.</summary>
public static class AccountPaths
{
    /// <summary>Overview.</summary>
    public const string Overview = PagePaths.Account;

    /// <summary>Name, picture, language, attributes, address.</summary>
    public const string Profile = PagePaths.Account + "/profile";

    /// <summary>Change of the address.</summary>
    public const string Email = PagePaths.Account + "/email";

    /// <summary>Where the link in the mail to a new address leads.</summary>
    public const string EmailLink = Email + "/confirm";

    /// <summary>Password, and what features link there (<see cref="AccountSection.Parent"/>).</summary>
    public const string Security = PagePaths.Account + "/security";

    /// <summary>Says that the ways to sign in were looked over, after "this wasn't me".</summary>
    public const string Reviewed = Security + "/reviewed";

    /// <summary>Change of the password.</summary>
    public const string Password = PagePaths.Account + "/password";

    /// <summary>Where the account is signed in.</summary>
    public const string Devices = PagePaths.Account + "/devices";

    /// <summary>When and how the account was used, or tried.</summary>
    public const string History = PagePaths.Account + "/history";

    /// <summary>What is kept about a person, and what they can do about it (<see cref="AccountSection.Parent"/>).</summary>
    public const string Records = PagePaths.Account + "/data";

    /// <summary>"Download my data".</summary>
    public const string Export = Records + "/export";

    /// <summary>"Delete my account".</summary>
    public const string Deletion = Records + "/delete";
}
