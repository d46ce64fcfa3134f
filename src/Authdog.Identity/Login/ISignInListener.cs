using Authdog.Identity.Sessions;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Login;

/// <summary>Learns of each new session of a person, after it is stored and before the answer is sent. Registered as a scoped service.</summary>
internal interface ISignInListener
{
    /// <summary>Somebody has signed in.</summary>
    Task SignedInAsync(HttpContext context, User user, Session session);
}
