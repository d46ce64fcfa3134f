namespace Authdog.Gateway.Edge.Tls;

/// <summary>The entries of <c>Urls</c>.</summary>
internal sealed class ListeningUrls(IReadOnlyList<string> values)
{
    private readonly HashSet<int> _httpsPorts = Ports(values, "https");

    public bool AnyHttps => _httpsPorts.Count > 0;

    /// <summary>Ports that are named with both schemes, so that a listener cannot be told from another.</summary>
    public IEnumerable<int> AmbiguousPorts => _httpsPorts.Intersect(Ports(values, "http"));

    public bool IsHttps(int port) => _httpsPorts.Contains(port);

    private static HashSet<int> Ports(IReadOnlyList<string> values, string scheme) =>
        [.. values.Where(url => url.StartsWith(scheme + "://", StringComparison.OrdinalIgnoreCase)).Select(url => BindingAddress.Parse(url).Port)];
}
