using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Login;

/// <summary>Has a last word when everything is proved and before a session begins, whatever the door was. Registered as a scoped service; nothing here knows the feature.</summary>
/// <param name="CheckAsync">The address of a page in the session's place, which gets the login as <c>?flow=</c> and may lead back to it; null to go on.</param>
internal sealed record SignInGuard(Func<HttpContext, LoginFlow, User, Task<string?>> CheckAsync);
