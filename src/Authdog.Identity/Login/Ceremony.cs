using Authdog.Identity.Redis.Rates;

namespace Authdog.Identity.Login;

/// <summary>What somebody does who may not be signed in, as far as it is limited.</summary>
/// <param name="Name">Name in counts and logs, such as <c>sign-up</c>.</param>
/// <param name="PerNetwork">How often one client network may.</param>
/// <param name="Mails">How often one account gets a message of it; null when it sends none. Beyond it everything is answered as always (I1).</param>
public sealed record Ceremony(string Name, Rate PerNetwork, Rate? Mails = null);
