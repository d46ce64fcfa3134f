namespace Authdog.Identity.Tenants;

/// <summary>Where a tenant is in its life. The database keeps the name, so a member is never renamed.</summary>
public enum TenantState
{
    /// <summary>Its people can sign in.</summary>
    Active,

    /// <summary>Shut for the time being; nothing is lost.</summary>
    Suspended,

    /// <summary>Shut and to be erased when the grace is over; until then it can be resumed.</summary>
    Deleted,

    /// <summary>Gone. The id stays taken, so that it never means somebody else.</summary>
    Erased,
}
