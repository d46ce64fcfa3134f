using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Edge;

/// <summary>Scheme, host and port under which browsers reach the gateway, without trailing slash: as configured, else the first listening URL.</summary>
internal sealed class PublicUrl(IOptions<GatewayOptions> options, IServer server)
{
    private string? _value;

    /// <exception cref="InvalidOperationException">Not configured, and the server does not listen yet.</exception>
    public string Value => _value ??= options.Value.PublicUrl is { } configured ? Origin(configured) : Origin(FirstListening());

    private static string Origin(string url) => new Uri(url).GetLeftPart(UriPartial.Authority);

    private string FirstListening()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? throw new InvalidOperationException("The public URL is not known before the server listens.");

        // A wildcard is a place to listen, not a place to go.
        return address.Replace("://[::]", "://localhost", StringComparison.Ordinal)
            .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal)
            .Replace("://*", "://localhost", StringComparison.Ordinal)
            .Replace("://+", "://localhost", StringComparison.Ordinal);
    }
}
