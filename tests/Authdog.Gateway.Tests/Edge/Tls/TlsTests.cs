using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Authdog.Gateway.Tests.Hosting;

namespace Authdog.Gateway.Tests.Edge.Tls;

/// <summary>The handshake: versions, certificates by host, protocols, and no early data.</summary>
public sealed class TlsTests(TlsFixture fixture) : IClassFixture<TlsFixture>
{
    private readonly TlsGateway _gateway = fixture.Gateway;

    [Theory]
    [InlineData("app.test", "CN=app.test, O=Example")]
    [InlineData("shop.test", "CN=shop.test, O=Example")]
    [InlineData("SHOP.test", "CN=shop.test, O=Example")]
    [InlineData("one.wild.test", "CN=*.wild.test, O=Example")]
    [InlineData("two.one.wild.test", "CN=app.test, O=Example")]
    [InlineData("unknown.test", "CN=app.test, O=Example")]
    [InlineData(null, "CN=app.test, O=Example")]
    public async Task ShowsTheCertificateOfTheHost(string? sni, string subject)
    {
        using var client = await _gateway.ConnectAsync(sni);
        client.Certificate.Subject.ShouldBe(subject);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task SpeaksTls12And13(SslProtocols protocol)
    {
        using var client = await TlsClient.ConnectAsync(_gateway.Port, "app.test", null, protocol);
        client.Stream.SslProtocol.ShouldBe(protocol);
        (await client.GetAsync("app.test")).ShouldContain("app:https");
    }

    [Fact]
    public async Task RefusesTls11()
    {
        // No client here still offers it: a ClientHello of version 3.2 by hand, with one cipher suite of its time.
        byte[] hello =
        [
            0x16, 0x03, 0x01, 0x00, 0x2d, 0x01, 0x00, 0x00, 0x29, 0x03, 0x02, .. new byte[32], 0x00, 0x00, 0x02, 0xc0, 0x13, 0x01, 0x00,
        ];
        using var client = await RawClient.ConnectAsync(_gateway.Port);
        await client.Stream.WriteAsync(hello);
        var answer = await client.ReadToEndAsync();

        // Either a fatal alert or nothing at all, never a ServerHello (handshake record, 0x16).
        answer.ShouldNotStartWith("\x16");
    }

    [Fact]
    public async Task ChoosesHttp2ByAlpn()
    {
        using var http2 = await TlsClient.ConnectAsync(_gateway.Port, "app.test", null, SslProtocols.None, SslApplicationProtocol.Http2, SslApplicationProtocol.Http11);
        http2.Stream.NegotiatedApplicationProtocol.ShouldBe(SslApplicationProtocol.Http2);
        using var http1 = await TlsClient.ConnectAsync(_gateway.Port, "app.test", null, SslProtocols.None, SslApplicationProtocol.Http11);
        http1.Stream.NegotiatedApplicationProtocol.ShouldBe(SslApplicationProtocol.Http11);
    }

    [Fact]
    public async Task SendsIntermediates()
    {
        using var intermediate = _gateway.Authority.Intermediate("Between");
        using var leaf = intermediate.Server("shop.test");
        _gateway.Files.WritePem("shop", leaf, intermediate.Certificate);
        _gateway.LookAtFiles();
        using var client = await _gateway.ConnectAsync("shop.test");
        client.Certificate.Issuer.ShouldBe("CN=Between, O=Example");
        client.Sent.ShouldContain("CN=Between, O=Example");
    }

    [Fact]
    [Trait("Threat", "B20")]
    public async Task OffersNoEarlyData()
    {
        var start = new ProcessStartInfo("openssl", ["s_client", "-connect", $"127.0.0.1:{_gateway.Port}", "-servername", "app.test", "-tls1_3", "-ign_eof"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var openssl = Process.Start(start)!;
        _ = openssl.StandardError.ReadToEndAsync();

        // Tickets, which say how much early data is welcome, come with the first answer.
        await openssl.StandardInput.WriteAsync("GET / HTTP/1.1\r\nHost: app.test\r\nConnection: close\r\n\r\n");
        await openssl.StandardInput.FlushAsync();
        var output = await openssl.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20));
        await openssl.WaitForExitAsync();
        output.ShouldContain("Post-Handshake New Session Ticket");
        output.ShouldContain("Max Early Data: 0");
        output.ShouldNotContain("Max Early Data: 1");
        output.ShouldContain("app:https");
    }

    [Fact]
    public async Task PlainHttpOnTheTlsPort_IsClosed()
    {
        var answer = await RawClient.AskAsync(_gateway.Port, RawClient.Get("/"));
        answer.ShouldNotContain("app:");
    }

    [Fact]
    public async Task Urls_AreServedWithTheDefaultCertificate()
    {
        using var authority = new TestAuthority();
        using var files = new CertificateFolder();
        using var intermediate = authority.Intermediate("Between");
        using var leaf = intermediate.Server("app.test");
        files.WritePem("app", leaf, intermediate.Certificate);
        await using var upstream = await Upstream.StartAsync(app => Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapFallback(app, () => "hello"));
        await using var host = await GatewayHost.StartAsync(new GatewayHostSettings()
            .PublicPolicy()
            .Route("app", "{**rest}", "open", upstream.Url)
            .Set("Urls", "https://127.0.0.1:0")
            .Set("Kestrel:Certificates:Default:Path", files.File("app.pem"))
            .Set("Kestrel:Certificates:Default:KeyPath", files.File("app.key")));
        var port = host.Addresses[0].Port;
        host.Addresses[0].Scheme.ShouldBe("https");
        using var client = await TlsClient.ConnectAsync(port, "app.test", null, SslProtocols.None);
        client.Sent.ShouldContain("CN=Between, O=Example");
        (await client.GetAsync("app.test")).ShouldContain("hello");
        (await client.GetAsync("other.test")).ShouldStartWith("HTTP/1.1 421");
    }

    [Fact]
    public async Task Http3Degrades_WhereThePlatformHasNoQuic()
    {
        Assert.SkipWhen(System.Net.Quic.QuicListener.IsSupported, "This machine has QUIC.");
        using var authority = new TestAuthority();
        using var files = new CertificateFolder();
        files.WritePem("app", authority.Server("app.test"));
        await using var gateway = await GatewayHost.StartAsync(new GatewayHostSettings()
            .Set("Kestrel:Endpoints:Https:Url", "https://127.0.0.1:0")
            .Set("Kestrel:Endpoints:Https:Protocols", "Http1AndHttp2AndHttp3")
            .Set("Kestrel:Endpoints:Https:Certificate:Path", files.File("app.pem"))
            .Set("Kestrel:Endpoints:Https:Certificate:KeyPath", files.File("app.key")));
        gateway.Logs.Lines.ShouldContain(line => line.Contains("Http3Missing", StringComparison.Ordinal));
        using var client = await TlsClient.ConnectAsync(gateway.Url.Port, "app.test");
        var answer = await client.GetAsync("app.test", "/.well-known/authdog/jwks.json");
        answer.ShouldStartWith("HTTP/1.1 200 ");
        answer.ShouldNotContain("Alt-Svc", Case.Insensitive);
    }
}
