using Authdog.Gateway.Routing;

namespace Authdog.Gateway.Access.Treatments;

/// <summary>Names under which an app reads who asks; one that is left out is as without a mapping (<c>X-Authdog-…</c>).</summary>
internal sealed class HeaderMappingSettings
{
    /// <summary>Id of the user.</summary>
    public string? User { get; set; }

    /// <summary>E-mail address.</summary>
    public string? Email { get; set; }

    /// <summary>Display name.</summary>
    public string? Name { get; set; }

    /// <summary>Tenant.</summary>
    public string? Tenant { get; set; }

    /// <summary>Roles.</summary>
    public string? Roles { get; set; }

    public IdentityHeaderNames ToNames()
    {
        var usual = IdentityHeaderNames.Default;
        return new IdentityHeaderNames { User = User ?? usual.User, Email = Email ?? usual.Email, Name = Name ?? usual.Name, Tenant = Tenant ?? usual.Tenant, Roles = Roles ?? usual.Roles };
    }
}
