namespace Authdog.Identity.Sso.Domains;

/// <summary>What a change of a tenant's domains gave: a closed set.</summary>
public abstract record DomainChange
{
    private DomainChange()
    {
    }

    /// <summary>It is written, and every node has been told.</summary>
    /// <param name="Domain">The domain as it is now, or was when it was removed.</param>
    public sealed record Done(TenantDomain Domain) : DomainChange;

    /// <summary>Nothing was written.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Text">The same for an operator: place, value and cure, with a searchable code.</param>
    public sealed record Refused(DomainRefusal Reason, string Text) : DomainChange;
}
