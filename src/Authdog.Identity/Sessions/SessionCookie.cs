using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Sessions;

/// <summary>The one place that knows the session cookie's name and attributes (SURFACE: <c>__Host-authdog</c>; over plain HTTP on localhost <c>authdog</c>).</summary>
public sealed class SessionCookie
{
    /// <summary>The cookie's value as the request carries it; null when absent, repeated or over 256 characters.</summary>
    public string? Read(HttpRequest request) => throw new NotSupportedException();

    /// <summary>Hands the token to the browser.</summary>
    public void Append(HttpResponse response, SessionToken token) => throw new NotSupportedException();

    /// <summary>Takes it back.</summary>
    public void Delete(HttpResponse response) => throw new NotSupportedException();
}
