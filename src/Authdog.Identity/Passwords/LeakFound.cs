using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Passwords;

/// <summary>What is done when somebody signs in with the right password and it is a leaked one. The password method does not know it: messages and pages come later than passwords.</summary>
/// <param name="Handle">Notes it with the user, and tells them.</param>
internal sealed record LeakFound(Func<HttpContext, User, Task> Handle);
