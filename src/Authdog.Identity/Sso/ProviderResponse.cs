using System.Net;

namespace Authdog.Identity.Sso;

/// <summary>What a provider answered: whole, and within its bound.</summary>
/// <param name="Status">HTTP status; never a redirect.</param>
/// <param name="MediaType">Media type in lower case; null when none was given.</param>
/// <param name="Body">The body.</param>
internal sealed record ProviderResponse(HttpStatusCode Status, string? MediaType, byte[] Body)
{
    /// <summary>Whether the status is 2xx.</summary>
    public bool Succeeded => (int)Status is >= 200 and < 300;
}
