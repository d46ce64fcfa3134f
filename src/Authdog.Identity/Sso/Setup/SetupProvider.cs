using System.Collections.Immutable;

namespace Authdog.Identity.Sso.Setup;

/// <summary>A product that customers use as identity provider: what it calls our values, and the attributes to have it send. Its steps are the text <c>Setup.Steps.{Id}</c>.</summary>
/// <param name="Id">Name in forms and texts.</param>
/// <param name="Name">What people call it; null for any other.</param>
/// <param name="Fields">Its fields, in its own words, and which of our values belongs there.</param>
/// <param name="Claims">Attributes: what it becomes here, under which name it is to be sent, and what the product calls the source.</param>
internal sealed record SetupProvider(string Id, string? Name, ImmutableArray<(string Label, SetupValue Value)> Fields, ImmutableArray<(string Becomes, string Attribute, string Source)> Claims)
{
    private const string Claim = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";

    /// <summary>All, the most used first; the last one is any other.</summary>
    public static ImmutableArray<SetupProvider> All { get; } =
    [
        new("entra", "Microsoft Entra ID", [("Identifier (Entity ID)", SetupValue.EntityId), ("Reply URL (Assertion Consumer Service URL)", SetupValue.ReplyAddress), ("Logout Url", SetupValue.Logout)], [(Email, Claim + "emailaddress", "user.mail"), (Display, "http://schemas.microsoft.com/identity/claims/displayname", "user.displayname"), (Groups, "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups", "user.groups")]),
        new("okta", "Okta", [("Single sign-on URL", SetupValue.ReplyAddress), ("Audience URI (SP Entity ID)", SetupValue.EntityId), ("Single Logout URL", SetupValue.Logout), ("SP Issuer", SetupValue.EntityId)], [(Email, "email", "user.email"), (Display, "name", "user.displayName"), (Groups, "groups", "Matches regex .*")]),
        new("google", "Google Workspace", [("ACS URL", SetupValue.ReplyAddress), ("Entity ID", SetupValue.EntityId)], [(Email, "email", "Primary email"), (Display, "firstName, lastName", "First name, Last name"), (Groups, "groups", "Google groups")]),
        new("ping", "PingOne", [("ACS URLs", SetupValue.ReplyAddress), ("Entity ID", SetupValue.EntityId), ("SLO Endpoint", SetupValue.Logout)], [(Email, "email", "Email Address"), (Display, "name", "Formatted"), (Groups, "groups", "Group Names")]),
        new("onelogin", "OneLogin", [("Audience (EntityID)", SetupValue.EntityId), ("Recipient", SetupValue.ReplyAddress), ("ACS (Consumer) URL", SetupValue.ReplyAddress), ("Single Logout URL", SetupValue.Logout)], [(Email, "email", "Email"), (Display, "name", "Name"), (Groups, "groups", "User Roles")]),
        new("auth0", "Auth0", [("audience", SetupValue.EntityId), ("recipient, destination", SetupValue.ReplyAddress), ("logout.callback", SetupValue.Logout)], [(Email, Claim + "emailaddress", "email"), (Display, Claim + "name", "name"), (Groups, "http://schemas.xmlsoap.org/claims/Group", "groups")]),
        new("keycloak", "Keycloak", [("Client ID", SetupValue.EntityId), ("Valid redirect URIs, Master SAML Processing URL", SetupValue.ReplyAddress), ("Logout Service Redirect Binding URL", SetupValue.Logout)], [(Email, "email", "User Property: email"), (Display, "firstName, lastName", "User Property: firstName, lastName"), (Groups, "groups", "Group list")]),
        new("adfs", "AD FS", [("Relying party trust identifier", SetupValue.EntityId), ("Relying party SAML 2.0 SSO service URL", SetupValue.ReplyAddress), ("SAML Logout endpoint", SetupValue.Logout)], [(Email, Claim + "emailaddress", "E-Mail-Addresses"), (Display, Claim + "name", "Display-Name"), (Groups, "http://schemas.xmlsoap.org/claims/Group", "Token-Groups")]),
        new("jumpcloud", "JumpCloud", [("IdP Entity ID (any), SP Entity ID", SetupValue.EntityId), ("ACS URLs", SetupValue.ReplyAddress)], [(Email, "email", "email"), (Display, "name", "fullname"), (Groups, "groups", "include group attribute")]),
        new("other", null, [("Entity ID, audience", SetupValue.EntityId), ("Reply address, ACS URL", SetupValue.ReplyAddress), ("Single logout URL", SetupValue.Logout)], [(Email, "email", "mail"), (Display, "name", "displayName"), (Groups, "groups", "groups")]),
    ];

    private const string Email = "Setup.ClaimEmail";
    private const string Display = "Setup.ClaimName";
    private const string Groups = "Setup.ClaimGroups";

    /// <summary>The preset of a name; any other when there is none of it.</summary>
    public static SetupProvider Of(string? id) => All.FirstOrDefault(provider => provider.Id == id) ?? All[^1];
}
