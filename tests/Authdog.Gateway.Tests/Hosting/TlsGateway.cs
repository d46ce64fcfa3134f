using Authdog.Gateway.Edge.Tls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Gateway.Tests.Hosting;

/// <summary>A gateway that does TLS for four hosts: <c>app.test</c> (also in the certificate: <c>twin.test</c>), <c>shop.test</c>, <c>*.wild.test</c>, and <c>partner.test</c>, <c>strict.test</c> that ask for client certificates.</summary>
internal sealed class TlsGateway : IAsyncDisposable
{
    private readonly Upstream _upstream;

    private TlsGateway(GatewayHost host, Upstream upstream, CertificateFolder files, TestAuthority authority) =>
        (Host, _upstream, Files, Authority) = (host, upstream, files, authority);

    public GatewayHost Host { get; }

    public CertificateFolder Files { get; }

    public TestAuthority Authority { get; }

    public int Port => Host.Addresses.Single(address => address.Scheme == "https").Port;

    public int PlainPort => Host.Addresses.Single(address => address.Scheme == "http").Port;

    public int UpstreamRequests => _upstream.Requests;

    public static async Task<TlsGateway> StartAsync(Action<GatewayHostSettings>? change = null)
    {
        var upstream = await Upstream.StartAsync(app =>
        {
            app.MapGet("/own-hsts", (HttpContext context) =>
            {
                context.Response.Headers.StrictTransportSecurity = "max-age=7";
                return "own";
            });
            app.MapFallback((HttpContext context) => $"app:{context.Request.Headers["X-Forwarded-Proto"]}");
        });
        var files = new CertificateFolder();
        var authority = new TestAuthority();
        files.WritePem("app", authority.Server("app.test", "twin.test"));
        files.WritePem("shop", authority.Server("shop.test"));
        files.WritePfx("wild.pfx", authority.Server("*.wild.test"), "s3cret");
        files.Replace("clients.pem", authority.Certificate.ExportCertificatePem());
        var settings = new GatewayHostSettings()
            .PublicPolicy()
            .Policy("robots", "  - { name: robots of the partner, effect: public, when: { client-certificate: { issuer: 'CN=Test authority, O=Example', name: robot.machines.test } } }")
            .Route("robots", "/robots/{**rest}", "robots", upstream.Url)
            .Route("app", "{**rest}", "open", upstream.Url)
            .Set("Kestrel:Endpoints:Http:Url", "http://127.0.0.1:0")
            .Set("Kestrel:Endpoints:Https:Url", "https://127.0.0.1:0")
            .Set("Kestrel:Endpoints:Https:Certificate:Path", files.File("app.pem"))
            .Set("Kestrel:Endpoints:Https:Certificate:KeyPath", files.File("app.key"))
            .Set("Kestrel:Endpoints:Https:Sni:shop.test:Certificate:Path", files.File("shop.pem"))
            .Set("Kestrel:Endpoints:Https:Sni:shop.test:Certificate:KeyPath", files.File("shop.key"))
            .Set("Kestrel:Endpoints:Https:Sni:*.wild.test:Certificate:Path", files.File("wild.pfx"))
            .Set("Kestrel:Endpoints:Https:Sni:*.wild.test:Certificate:Password", "s3cret")
            .Set("Kestrel:Endpoints:Https:Sni:partner.test:ClientCertificateMode", "AllowCertificate")
            .Set("Kestrel:Endpoints:Https:Sni:strict.test:ClientCertificateMode", "RequireCertificate")
            .Set("Gateway:Tls:ClientAuthoritiesFile", files.File("clients.pem"));
        settings.MapOwn = own => own.MapGet("/.authdog/test/certificate", (HttpContext context) =>
            context.Features.Get<ClientCertificateFeature>() is { } shown
                ? $"{shown.Subject}|{shown.Issuer}|{shown.Thumbprint}|{string.Join(',', shown.DnsNames)}|{string.Join(',', shown.EmailAddresses)}|{string.Join(',', shown.Uris)}"
                : "none");
        change?.Invoke(settings);
        return new TlsGateway(await GatewayHost.StartAsync(settings), upstream, files, authority);
    }

    /// <summary>Looks at the files now instead of in a few seconds.</summary>
    public void LookAtFiles()
    {
        foreach (var certificate in Host.Services.GetRequiredService<TlsEndpoints>().Certificates)
        {
            certificate.Refresh();
        }
    }

    public Task<TlsClient> ConnectAsync(string? sni) => TlsClient.ConnectAsync(Port, sni);

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _upstream.DisposeAsync();
        Files.Dispose();
        Authority.Dispose();
    }
}
