namespace Authdog.Identity.Tenants;

/// <summary>What a change of a tenant gave: a closed set.</summary>
public abstract record TenantChange
{
    private TenantChange()
    {
    }

    /// <summary>It is written, and every node has been told.</summary>
    /// <param name="Tenant">The tenant as it is now.</param>
    public sealed record Done(Tenant Tenant) : TenantChange;

    /// <summary>There is no such tenant.</summary>
    public sealed record Unknown : TenantChange
    {
        /// <summary>The one instance.</summary>
        public static Unknown Instance { get; } = new();
    }

    /// <summary>Nothing was written.</summary>
    /// <param name="Mistakes">Everything that is wrong, each with its place, value and cure.</param>
    public sealed record Refused(IReadOnlyList<string> Mistakes) : TenantChange;
}
