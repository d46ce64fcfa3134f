using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Tenants;

/// <summary>The tenant of this scope: a request's, set at the edge, or a command's. Reading it before it was set throws: no query runs without a tenant.</summary>
public sealed class CurrentTenant
{
    private TenantId? _tenant;
    private TenantRecord? _record;

    /// <summary>The tenant. Setting it alone is enough for queries; what depends on the tenant's settings needs <see cref="Record"/>.</summary>
    /// <exception cref="InvalidOperationException">Not set yet, or set twice to different tenants.</exception>
    public TenantId Id
    {
        get => _tenant ?? throw new InvalidOperationException("No tenant has been set for this scope.");
        set => _tenant = _tenant is null || _tenant == value
            ? value
            : throw new InvalidOperationException("The scope's tenant is already set to another one.");
    }

    /// <summary>The tenant with its settings, as it was when the scope began.</summary>
    /// <exception cref="InvalidOperationException">Not set yet, or set to another tenant than <see cref="Id"/>.</exception>
    public TenantRecord Record
    {
        get => _record ?? throw new InvalidOperationException("The tenant's settings have not been read for this scope.");
        set
        {
            Id = value.Id;
            _record = value;
        }
    }

    /// <summary>Whether it has been set.</summary>
    public bool IsSet => _tenant is not null;
}
