using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Redis.Rates;

/// <summary>One limit that something is counted under.</summary>
/// <param name="Tenant">Whose count it is (I10); <c>default</c> for what concerns the whole gateway.</param>
/// <param name="Name">Name of the limit; has no colon.</param>
/// <param name="Subject">Who is counted; hashed into the key.</param>
/// <param name="Rate">How often it may be.</param>
public sealed record RateAsk(TenantId Tenant, string Name, string Subject, Rate Rate)
{
    /// <summary>Whether the limit is only watched: it says that it is exceeded, and refuses nothing.</summary>
    public bool IsWatched { get; init; }
}
