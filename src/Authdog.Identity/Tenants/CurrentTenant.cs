using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Tenants;

/// <summary>The tenant of this scope: a request's, set at the edge, or a command's. Reading it before it was set throws: no query runs without a tenant.</summary>
public sealed class CurrentTenant
{
    private TenantId? _tenant;

    /// <summary>The tenant.</summary>
    /// <exception cref="InvalidOperationException">Not set yet, or set twice to different tenants.</exception>
    public TenantId Id
    {
        get => _tenant ?? throw new InvalidOperationException("No tenant has been set for this scope.");
        set => _tenant = _tenant is null || _tenant == value
            ? value
            : throw new InvalidOperationException("The scope's tenant is already set to another one.");
    }

    /// <summary>Whether it has been set.</summary>
    public bool IsSet => _tenant is not null;
}
