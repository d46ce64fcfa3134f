using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Challenges;

/// <summary>Endpoint metadata: this form can be challenged.</summary>
/// <param name="Ceremony">Its name in <c>BotProtection:Challenges:Always</c>.</param>
/// <param name="AccountAsync">Which account the form is about, as far as it says; null when that is not known.</param>
public sealed record ChallengedForm(string Ceremony, Func<HttpContext, ValueTask<string?>> AccountAsync);
