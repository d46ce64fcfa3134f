namespace Authdog.Identity.ApiKeys;

/// <summary>What a key of the management API may do: an area, and whether it reads or changes.</summary>
public static class ApiScopes
{
    /// <summary>See tenants.</summary>
    public const string TenantsRead = "tenants:read";

    /// <summary>Change tenants; with a global key, make, shut and delete them too.</summary>
    public const string TenantsWrite = "tenants:write";

    /// <summary>See users and their sessions.</summary>
    public const string UsersRead = "users:read";

    /// <summary>Change users, their roles and their sessions.</summary>
    public const string UsersWrite = "users:write";

    /// <summary>See roles.</summary>
    public const string RolesRead = "roles:read";

    /// <summary>Change what roles there are and what they permit.</summary>
    public const string RolesWrite = "roles:write";

    /// <summary>See groups.</summary>
    public const string GroupsRead = "groups:read";

    /// <summary>Change groups.</summary>
    public const string GroupsWrite = "groups:write";

    /// <summary>See invitations and requests to join.</summary>
    public const string InvitationsRead = "invitations:read";

    /// <summary>Invite, and decide on requests to join.</summary>
    public const string InvitationsWrite = "invitations:write";

    /// <summary>See e-mail domains.</summary>
    public const string DomainsRead = "domains:read";

    /// <summary>Add, verify and remove e-mail domains.</summary>
    public const string DomainsWrite = "domains:write";

    /// <summary>See single sign-on connections.</summary>
    public const string ConnectionsRead = "connections:read";

    /// <summary>Change single sign-on connections.</summary>
    public const string ConnectionsWrite = "connections:write";

    /// <summary>See the record of security events.</summary>
    public const string AuditRead = "audit:read";

    /// <summary>All of them, ordered.</summary>
    public static IReadOnlyList<string> All { get; } =
        [AuditRead, ConnectionsRead, ConnectionsWrite, DomainsRead, DomainsWrite, GroupsRead, GroupsWrite, InvitationsRead, InvitationsWrite, RolesRead, RolesWrite, TenantsRead, TenantsWrite, UsersRead, UsersWrite];
}
