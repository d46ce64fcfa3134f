using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Login;

/// <summary>Has a last word when everything is proved that the account has, before a session begins or anything is set up, replaced or agreed to on the way there, whatever the door was. Registered as a scoped service; nothing here knows the feature.</summary>
/// <param name="CheckAsync">The address of a page in the place of what would come next, which gets the login as <c>?flow=</c> and may lead back to it; null to go on.</param>
internal sealed record SignInGuard(Func<HttpContext, LoginFlow, User, Task<string?>> CheckAsync);
