using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Bots;

/// <summary>Scores a request by what the edge sees of it: its headers, cookies and network. Whoever runs no edge knows nothing against anybody.</summary>
/// <param name="ScoreOf">The score; the same object for the same request.</param>
public sealed record BotScoring(Func<HttpContext, BotScore> ScoreOf);
