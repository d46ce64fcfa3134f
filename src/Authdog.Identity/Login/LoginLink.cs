using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Login;

/// <summary>A way on for who cannot go on by signing in here, below the page that asks for the address. Registered as a singleton; nothing here knows the feature.</summary>
/// <param name="Path">Its page.</param>
/// <param name="Text">Key of its text.</param>
/// <param name="IsOffered">Whether it is offered to a request.</param>
public sealed record LoginLink(string Path, string Text, Func<HttpContext, bool> IsOffered);
