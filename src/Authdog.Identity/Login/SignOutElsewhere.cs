using Authdog.Identity.Sessions;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Login;

/// <summary>Ends, after a session here, what it rested on elsewhere. Registered as a scoped service; nothing here knows the feature.</summary>
/// <param name="FindAsync">The page that leads the browser there; null when there is nothing to end.</param>
internal sealed record SignOutElsewhere(Func<HttpContext, Session, CancellationToken, Task<IResult?>> FindAsync);
