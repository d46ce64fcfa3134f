using System.Globalization;
using Authdog.Gateway.Answers;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Authdog.Gateway.Edge.Tls;

/// <summary>What plain HTTP gets from a gateway that does TLS: browsers are sent to HTTPS, programs are told so (ASVS 5, 4.1.2: a redirect would hide that they send their tokens in the clear).</summary>
internal sealed class HttpsRedirect(TlsEndpoints endpoints, IServer server, IOptions<GatewayOptions> options, ILogger<HttpsRedirect> logger)
{
    private readonly Uri? _publicUrl = options.Value.PublicUrl is { } url ? new Uri(url) : null;
    private int? _port;

    /// <summary>Whether plain HTTP is refused at all.</summary>
    public bool IsOn { get; } = options.Value.Tls.RedirectHttp && endpoints.Any;

    public Task AnswerAsync(HttpContext context, CanonicalRequest request)
    {
        var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (isRead && Asker.Of(context) == AskerKind.Browser && Origin(request.Host) is { } origin)
        {
            // 301 as a GET stays a GET and every browser knows it. A form posted in the clear is refused, not sent again.
            context.Response.StatusCode = StatusCodes.Status301MovedPermanently;
            context.Response.Headers[HeaderNames.Location] = origin + request.Target;
            context.Response.ContentLength = 0;
            return Task.CompletedTask;
        }

        var id = AnswerId.New();
        logger.PlainHttpRefused(context.Connection.RemoteIpAddress, id);
        return AnswerWriter.WriteAsync(context, new Answer(403, "https-required", "HTTPS required", "This address is served over HTTPS only.", id));
    }

    // Never to a host that only the client names (B8): the public URL's, or one that a certificate here proves.
    private string? Origin(string host)
    {
        if (_publicUrl is { Scheme: "https" } && string.Equals(_publicUrl.IdnHost, host, StringComparison.OrdinalIgnoreCase))
        {
            return _publicUrl.GetLeftPart(UriPartial.Authority);
        }

        if (!endpoints.HasCertificateFor(host))
        {
            return null;
        }

        var port = _port ??= Port();
        return port == 443 ? $"https://{host}" : string.Create(CultureInfo.InvariantCulture, $"https://{host}:{port}");
    }

    private int Port()
    {
        if (_publicUrl is { Scheme: "https" })
        {
            return _publicUrl.Port;
        }

        var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(address => address.StartsWith("https://", StringComparison.OrdinalIgnoreCase));
        return listening is null ? 443 : BindingAddress.Parse(listening).Port;
    }
}
