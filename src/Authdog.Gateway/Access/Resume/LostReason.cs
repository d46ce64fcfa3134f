namespace Authdog.Gateway.Access.Resume;

/// <summary>Why a form was not kept.</summary>
internal enum LostReason
{
    /// <summary>It was sent by a page of another site, or it is not known by which: kept, it would come back as one of this site (CSRF).</summary>
    CrossSite = 0,

    /// <summary>It is larger than what is kept.</summary>
    TooLarge,

    /// <summary>No form has this content type, encoding or target, or its body is with another proxy.</summary>
    Unsupported,

    /// <summary>Too much is kept already, or the store is away.</summary>
    Busy,
}
