namespace Authdog.Identity.Pages;

/// <summary>Error pages that the gateway shows. Each value has a title and a text in the resource files.</summary>
public enum ErrorKind
{
    /// <summary>400: the request cannot be read.</summary>
    BadRequest,

    /// <summary>400: the form's page is too old, or was not served to this browser.</summary>
    PageExpired,

    /// <summary>400: over plain HTTP, where no browser keeps the cookies that the page needs.</summary>
    PlainHttp,

    /// <summary>403: signed in, not allowed.</summary>
    Forbidden,

    /// <summary>403: a stronger sign-in is asked for than any method here can give.</summary>
    StrongerSignInUnavailable,

    /// <summary>404: there is no such page.</summary>
    NotFound,

    /// <summary>413: more bytes than any form here has.</summary>
    TooLarge,

    /// <summary>429: too many requests.</summary>
    TooManyRequests,

    /// <summary>500: something broke.</summary>
    Failed,

    /// <summary>502: the application behind the gateway did not answer properly.</summary>
    BadGateway,

    /// <summary>503: a store or a queue is away for the moment.</summary>
    Unavailable,

    /// <summary>504: the application behind the gateway took too long.</summary>
    GatewayTimeout,
}
