namespace Authdog.Identity.Sso.Saml;

/// <summary>Names under which identity providers send what an account is made of, most specific first: what holds where a connection maps nothing itself.</summary>
internal static class SamlAttributeNames
{
    private const string Claims = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";

    /// <summary>E-mail address.</summary>
    public static IReadOnlyList<string> Email { get; } =
        ["email", "mail", "emailAddress", "emailaddress", "user.email", "User.Email", "urn:oid:0.9.2342.19200300.100.1.3", Claims + "emailaddress", Claims + "email"];

    /// <summary>Display name.</summary>
    public static IReadOnlyList<string> Name { get; } =
        ["name", "displayName", "displayname", "cn", "urn:oid:2.16.840.1.113730.3.1.241", "urn:oid:2.5.4.3", "http://schemas.microsoft.com/identity/claims/displayname"];

    /// <summary>Given name; with the family name, a display name where none is sent.</summary>
    public static IReadOnlyList<string> GivenName { get; } = ["givenName", "givenname", "firstName", "firstname", "first_name", "User.FirstName", "urn:oid:2.5.4.42", Claims + "givenname"];

    /// <summary>Family name.</summary>
    public static IReadOnlyList<string> FamilyName { get; } = ["sn", "surname", "lastName", "lastname", "last_name", "User.LastName", "urn:oid:2.5.4.4", Claims + "surname"];

    /// <summary>A display name at some providers and a login name at others: taken when nothing better is sent.</summary>
    public static IReadOnlyList<string> AnyName { get; } = [Claims + "name"];

    /// <summary>Groups.</summary>
    public static IReadOnlyList<string> Groups { get; } =
        ["groups", "group", "memberOf", "memberof", "Group", "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups", "http://schemas.xmlsoap.org/claims/Group", "urn:oid:1.3.6.1.4.1.5923.1.5.1.1"];
}
