using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Login;

/// <summary>Something that a feature has to say to a person who has just signed in, before they go where they wanted to. Registered as a singleton; nothing here knows the feature.</summary>
/// <param name="FindAsync">The address of its page, which leads on to the return target; null when there is nothing to say.</param>
public sealed record LoginAfterwards(Func<HttpContext, LoginFlow, User, ValueTask<string?>> FindAsync);
