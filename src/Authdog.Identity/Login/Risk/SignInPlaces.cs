using System.Net;

namespace Authdog.Identity.Login.Risk;

/// <summary>Where an address is. Whoever has databases of places registers one in the place of <see cref="Unknown"/>.</summary>
/// <param name="Find">The place; null when nothing is known.</param>
public sealed record SignInPlaces(Func<IPAddress, SignInPlace?> Find)
{
    /// <summary>Nothing is known of any address.</summary>
    public static SignInPlaces Unknown { get; } = new(static _ => null);
}
