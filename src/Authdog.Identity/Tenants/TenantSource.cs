namespace Authdog.Identity.Tenants;

/// <summary>What named the request's tenant.</summary>
public enum TenantSource
{
    /// <summary>Nothing: the default tenant.</summary>
    Default,

    /// <summary>The host is the tenant's own.</summary>
    Host,

    /// <summary>The first segment of the path is the tenant's own.</summary>
    Path,

    /// <summary><c>?tenant=</c> on a page of the gateway.</summary>
    Parameter,

    /// <summary>The live session.</summary>
    Session,

    /// <summary>What the browser chose before.</summary>
    Remembered,
}
