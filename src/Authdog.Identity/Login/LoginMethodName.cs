namespace Authdog.Identity.Login;

/// <summary>The name of a way to sign in, registered beside it, so that <c>Login:Methods</c> can be judged before anything is asked.</summary>
/// <param name="Name">As in <see cref="IAuthenticationMethod.Name"/>.</param>
internal sealed record LoginMethodName(string Name);
