using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Login;

/// <summary>The one way in which a login has to begin.</summary>
/// <param name="Method">The method.</param>
/// <param name="Connection">The connection that has to vouch for the person, by the name that sessions have it.</param>
/// <param name="Name">What people call that connection.</param>
/// <param name="Emergency">A method that some are let in by all the same; null when nobody is.</param>
/// <param name="IsExempt">Whether an address is one of those.</param>
internal sealed record MandatedMethod(string Method, string Connection, string Name, string? Emergency, Func<EmailAddress, bool> IsExempt);
