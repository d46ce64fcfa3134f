namespace Authdog.Gateway.Edge.Tls;

/// <summary>The entries of <c>Urls</c>.</summary>
internal sealed record ListeningUrls(IReadOnlyList<string> Values)
{
    public bool AnyHttps => Values.Any(url => url.StartsWith("https://", StringComparison.OrdinalIgnoreCase));
}
