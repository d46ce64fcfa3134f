using System.Text.Json.Nodes;
using Authdog.Console.Api.Connections;
using Authdog.Console.Api.Domains;
using Authdog.Console.Api.Groups;
using Authdog.Console.Api.Invitations;
using Authdog.Console.Api.Roles;
using Authdog.Console.Api.SetupLinks;
using Authdog.Console.Api.Tenants;
using Authdog.Console.Api.Users;

namespace Authdog.Console.Api.OpenApi;

/// <summary>A body of each kind, as somebody would send it. A test sends each.</summary>
internal static class Examples
{
    private static readonly Dictionary<Type, string> s_bodies = new()
    {
        [typeof(TenantCreation)] = """{ "id": "acme", "name": "Acme Corp" }""",
        [typeof(TenantUpdate)] = """{ "name": "Acme Corporation", "settings": { "SignUp": { "Enabled": false } } }""",
        [typeof(UserCreation)] = """{ "email": "ada@acme.example.com", "name": "Ada Lovelace", "roles": ["admin"] }""",
        [typeof(UserChange)] = """{ "name": "Ada King", "timeZone": "Europe/London", "attributes": {} }""",
        [typeof(RoleChange)] = """{ "permissions": ["invoices:read", "invoices:write"] }""",
        [typeof(DomainUpdate)] = """{ "capture": false, "join": true, "joinRoles": [] }""",
        [typeof(ConnectionCreation)] = """{ "id": "okta", "kind": "oidc", "name": "Acme Okta", "enabled": true, "oidc": { "issuer": "https://acme.okta.com", "clientId": "0oa1b2c3", "authentication": "private_key_jwt" } }""",
        [typeof(SetupLinkCreation)] = """{ "connection": "sso", "kind": "saml", "lifetimeHours": 72 }""",
        [typeof(ConnectionUpdate)] = """{ "name": "Acme Okta", "enforced": true }""",
        [typeof(GroupCreation)] = """{ "name": "Finance" }""",
        [typeof(InvitationCreation)] = """{ "email": "grace@acme.example.com", "roles": ["admin"], "lifetimeHours": 72 }""",
        [typeof(Membership)] = """{ "roles": ["admin"] }""",
    };

    /// <summary>An example of a body; null when there is none.</summary>
    public static JsonNode? Of(Type body) => s_bodies.TryGetValue(body, out var text) ? JsonNode.Parse(text) : null;
}
