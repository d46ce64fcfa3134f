using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Storage;

/// <summary>A row that belongs to one tenant: queries are filtered by it, and saving one of another tenant throws (I10).</summary>
public interface ITenantOwned
{
    /// <summary>The tenant that owns the row; first part of its primary key.</summary>
    TenantId TenantId { get; }
}
