using Authdog.Gateway.Answers;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Edge.Tls;

/// <summary>Holds each request against the connection that it came over: one host for both (B3), HTTPS only, HSTS, and the client's certificate.</summary>
internal sealed class TlsMiddleware
{
    private readonly RequestDelegate _next;
    private readonly HttpsRedirect _redirect;
    private readonly ILogger<TlsMiddleware> _logger;
    private readonly StrictTransportSecurity _hsts;

    private readonly bool _hasTls;

    public TlsMiddleware(RequestDelegate next, HttpsRedirect redirect, TlsEndpoints endpoints, IOptions<GatewayOptions> options, ILogger<TlsMiddleware> logger)
    {
        (_next, _redirect, _hasTls, _logger) = (next, redirect, endpoints.Any, logger);
        _hsts = new StrictTransportSecurity(options.Value.Tls);
    }

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Features.GetRequiredFeature<CanonicalRequest>();
        var handshake = _hasTls ? context.Features.Get<ITlsHandshakeFeature>() : null;
        if (handshake is null)
        {
            return request.Scheme == "http" && _redirect.IsOn ? _redirect.AnswerAsync(context, request) : ForwardAsync(context, request);
        }

        var connection = context.Features.Get<TlsConnection>();
        if (connection?.IsFromTrustedProxy == true)
        {
            return ForwardAsync(context, request);
        }

        if (!IsDirected(handshake.HostName, request.Host, connection))
        {
            return MisdirectedAsync(context);
        }

        if (connection?.Host.AsksForCertificate == true && context.Connection.ClientCertificate is { } certificate)
        {
            context.Features.Set(ClientCertificateFeature.Of(certificate));
        }

        return ForwardAsync(context, request);
    }

    // Coalesced HTTP/2 connections end here as well (RFC 9113, 9.1.1): a host may demand a client certificate that the connection's host did not.
    private static bool IsDirected(string? sni, string host, TlsConnection? connection)
    {
        if (string.IsNullOrEmpty(sni))
        {
            return connection?.Covers(host) == true;
        }

        return string.Equals(sni, host, StringComparison.OrdinalIgnoreCase)
            || (HostParser.TryParse(new HostString(sni), out var normal, out _) && string.Equals(normal, host, StringComparison.Ordinal));
    }

    private Task ForwardAsync(HttpContext context, CanonicalRequest request)
    {
        if (request.Scheme == "https")
        {
            _hsts.Add(context.Response, request.Host);
        }

        return _next(context);
    }

    private Task MisdirectedAsync(HttpContext context)
    {
        var id = AnswerId.New();
        _logger.Misdirected(context.Connection.RemoteIpAddress, id);
        return AnswerWriter.WriteAsync(context, new Answer(421, "misdirected-request", "Misdirected request", "This connection was opened for another host. Open a new one.", id));
    }
}
