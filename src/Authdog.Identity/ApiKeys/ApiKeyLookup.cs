namespace Authdog.Identity.ApiKeys;

/// <summary>What looking a key up gave: a closed set.</summary>
public abstract record ApiKeyLookup
{
    private ApiKeyLookup()
    {
    }

    /// <summary>The key works.</summary>
    public sealed record Found(ApiKey Key) : ApiKeyLookup;

    /// <summary>It does not. Who asks learns nothing more; the audit log has the reason.</summary>
    /// <param name="IsThrottled">Whether so many failed from the same client network lately that it has to wait.</param>
    public sealed record Refused(bool IsThrottled) : ApiKeyLookup;
}
