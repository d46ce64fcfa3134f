namespace Authdog.Identity.Sessions;

/// <summary>The request's session, set on <c>HttpContext.Features</c> by the authentication handler; what the gateway's access check reads.</summary>
/// <param name="Lookup">What looking up the request's cookie gave.</param>
public sealed record SessionFeature(SessionLookup Lookup)
{
    /// <summary>The session, when there is one.</summary>
    public Session? Session => (Lookup as SessionLookup.Found)?.Session;
}
