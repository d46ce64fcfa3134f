using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Authdog.Gateway.ForwardAuth;

/// <summary>Reads what the client asked for from where the configured proxy says it, and from nowhere else (B4). What is missing, repeated or odd is an error, never a default (B6).</summary>
internal static partial class DescriptionReader
{
    /// <summary>Where proxies ask; Envoy appends the target.</summary>
    public const string Path = "/check";

    private const string ForwardedProto = "X-Forwarded-Proto";
    private const string ForwardedFor = "X-Forwarded-For";

    /// <summary>Headers that say who and what a request is; those of the question must not be taken for those of the request in question.</summary>
    public static IReadOnlyList<string> OfTheQuestion { get; } =
    [
        HeaderNames.Host, HeaderNames.Connection, HeaderNames.ContentLength, HeaderNames.ContentType, HeaderNames.TransferEncoding,
        "Forwarded", ForwardedFor, ForwardedProto, "X-Forwarded-Host",
    ];

    /// <param name="request">The question.</param>
    /// <param name="proxy">Who asks.</param>
    /// <param name="described">The request in question.</param>
    /// <returns>Null, or what was wrong: the name of a header or of a part of the question.</returns>
    public static string? Read(HttpRequest request, ForwardAuthProxy proxy, out DescribedRequest? described)
    {
        described = null;
        var prefix = proxy == ForwardAuthProxy.Nginx ? "X-Original-" : "X-Forwarded-";
        var rawTarget = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        string? method, host, target;
        if (proxy == ForwardAuthProxy.Envoy)
        {
            method = request.Method;
            host = One(request, HeaderNames.Host);
            target = rawTarget.StartsWith(Path + "/", StringComparison.Ordinal) ? rawTarget[Path.Length..] : null;
        }
        else
        {
            // Caddy appends its client's query to the question; it is not read here (B2).
            if (!rawTarget.Equals(Path, StringComparison.Ordinal) && !rawTarget.StartsWith(Path + "?", StringComparison.Ordinal))
            {
                return "target";
            }

            method = One(request, prefix + "Method");
            host = One(request, prefix + "Host");
            target = One(request, prefix + "Uri");
        }

        var scheme = One(request, prefix + "Proto") switch
        {
            "http" or "ws" => "http",
            "https" or "wss" => "https",
            _ => null,
        };
        var client = Client(One(request, prefix + "For"), out var before);
        if (method is null || !Token().IsMatch(method))
        {
            return "method";
        }

        if (host is null || !Authority().IsMatch(host))
        {
            return "host";
        }

        if (target is not ['/', ..])
        {
            return "target";
        }

        if (scheme is null || client is null)
        {
            return scheme is null ? "scheme" : "client address";
        }

        described = new DescribedRequest(method, scheme, host, target, client, before);
        return null;
    }

    private static string? One(HttpRequest request, string name) => request.Headers[name] is { Count: 1 } values ? values[0] : null;

    // The last entry is the proxy's own word; whoever came before may have written all others.
    private static IPAddress? Client(string? chain, [NotNull] out string? before)
    {
        var comma = chain?.LastIndexOf(',') ?? -1;
        before = comma < 0 ? string.Empty : chain![..comma];
        var last = chain?[(comma + 1)..].Trim();
        var isShortForm = last is not null && !last.Contains(':', StringComparison.Ordinal) && last.AsSpan().Count('.') != 3;
        return !isShortForm && IPAddress.TryParse(last, out var address)
            ? address.AddressFamily == AddressFamily.InterNetworkV6 && address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address
            : null;
    }

    [GeneratedRegex(@"^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    // A server would have refused the rest before anybody saw it.
    [GeneratedRegex(@"^(?:\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z._-]+)(?::[0-9]{1,5})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Authority();
}
