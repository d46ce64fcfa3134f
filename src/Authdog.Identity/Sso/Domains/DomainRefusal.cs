namespace Authdog.Identity.Sso.Domains;

/// <summary>Why a change of a tenant's domains was not made.</summary>
public enum DomainRefusal
{
    /// <summary>The text is no domain.</summary>
    NotADomain,

    /// <summary>Nobody's own: a provider of addresses for everybody, or a suffix under which anybody registers.</summary>
    Shared,

    /// <summary>The tenant has as many as it may.</summary>
    TooMany,

    /// <summary>The tenant has not added it.</summary>
    NotAdded,

    /// <summary>The record is not there, or holds something else.</summary>
    RecordMissing,

    /// <summary>No name server could say.</summary>
    Unanswered,

    /// <summary>Another tenant has verified it and holds it.</summary>
    HeldElsewhere,

    /// <summary>Who joins by it shall get a role that there is not.</summary>
    UnknownRole,
}
