using System.Formats.Asn1;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Authdog.Gateway.Edge.Tls;
using Authdog.Gateway.Tests.Hosting;

namespace Authdog.Gateway.Tests.Edge.Tls;

/// <summary>Client certificates as input for policies, on hosts that ask for them.</summary>
public sealed class ClientCertificateTests(TlsFixture fixture) : IClassFixture<TlsFixture>
{
    private const string Path = "/.authdog/test/certificate";
    private readonly TlsGateway _gateway = fixture.Gateway;

    [Theory]
    [InlineData("partner.test", SslProtocols.Tls12)]
    [InlineData("partner.test", SslProtocols.Tls13)]
    [InlineData("strict.test", SslProtocols.Tls13)]
    public async Task PartsAreRead_OnEachRequestOfTheConnection(string host, SslProtocols protocol)
    {
        using var certificate = _gateway.Authority.Client("robot");
        var expected = $"CN=robot, O=Example|CN=Test authority, O=Example|{Convert.ToHexStringLower(SHA256.HashData(certificate.RawData))}|robot.machines.test|robot@example.com|spiffe://example.com/robot";
        for (var connection = 0; connection < 2; connection++)
        {
            // The second one may be a resumed session.
            using var client = await TlsClient.ConnectAsync(_gateway.Port, host, certificate, protocol);
            (await client.GetAsync(host, Path)).ShouldContain(expected);
            (await client.GetAsync(host, Path)).ShouldContain(expected);
        }
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task PartsAreRead_OverEachVersionOfHttp(string version)
    {
        using var certificate = _gateway.Authority.Client("robot");
        using var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions { ClientCertificates = [certificate], LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate, RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Issuer == _gateway.Authority.Certificate.Subject },
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, _gateway.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        { DefaultRequestVersion = Version.Parse(version), DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        (await client.GetStringAsync(new Uri($"https://partner.test:{_gateway.Port}{Path}"))).ShouldStartWith("CN=robot, O=Example|");
    }

    [Theory]
    [InlineData("Robot.Machines.TEST.", "robot.machines.test")]
    [InlineData("robot.machines.test\0.evil.test", "")]
    [InlineData("robot machines", "")]
    public void NamesAreInOneForm_OrThereAreNone(string written, string read)
    {
        // SubjectAlternativeNameBuilder would make punycode of them: the extension is written by hand.
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteCharacterString(UniversalTagNumber.IA5String, written, new Asn1Tag(TagClass.ContextSpecific, 2));
        }

        SubjectAlternativeNames.Read(With(writer)).DnsNames.ShouldBe(read.Length == 0 ? [] : [read]);
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(65, 0)]
    public void NamesAreCounted(int written, int read)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            for (var i = 0; i < written; i++)
            {
                writer.WriteCharacterString(UniversalTagNumber.IA5String, $"spiffe://example.com/{i}", new Asn1Tag(TagClass.ContextSpecific, 6));
            }
        }

        SubjectAlternativeNames.Read(With(writer)).Uris.Count.ShouldBe(read);
    }

    [Fact]
    public void NothingIsRead_WhenTheSubjectIsOutOfBounds()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={new string('a', 1100)}", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow().AddDays(1));
        ClientCertificateFeature.Of(certificate).ShouldBeNull();
    }

    private static X509Certificate2 With(AsnWriter names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=robot", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509Extension("2.5.29.17", names.Encode(), critical: false));
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow().AddDays(1));
    }

    [Fact]
    public async Task NothingIsRead_WhereNoneIsAskedForOrShown()
    {
        using var certificate = _gateway.Authority.Client("robot");
        using var unasked = await TlsClient.ConnectAsync(_gateway.Port, "app.test", certificate);
        (await unasked.GetAsync("app.test", Path)).ShouldContain("\r\nnone\r\n");
        using var none = await _gateway.ConnectAsync("partner.test");
        (await none.GetAsync("partner.test", Path)).ShouldContain("\r\nnone\r\n");
    }

    [Fact]
    [Trait("Threat", "B6")]
    public async Task PolicyLetsTheCertificatesOwnerIn_AndNobodyElse()
    {
        using var robot = _gateway.Authority.Client("robot");
        using var other = _gateway.Authority.Client("lathe");
        (await AskAsync("partner.test", robot)).ShouldContain("app:https");
        var reached = _gateway.UpstreamRequests;
        (await AskAsync("partner.test", other)).ShouldStartWith("HTTP/1.1 403 ");
        (await AskAsync("partner.test", null)).ShouldStartWith("HTTP/1.1 403 ");

        // This host asks for none, and what the client says of itself is no certificate.
        (await AskAsync("app.test", robot, "X-Client-Cert: CN=robot", "X-Forwarded-Client-Cert: Subject=\"CN=robot\"")).ShouldStartWith("HTTP/1.1 403 ");
        _gateway.UpstreamRequests.ShouldBe(reached);
    }

    private async Task<string> AskAsync(string host, X509Certificate2? certificate, params string[] headers)
    {
        using var client = await TlsClient.ConnectAsync(_gateway.Port, host, certificate);
        return await client.GetAsync(host, "/robots/", headers);
    }

    [Fact]
    public Task ConnectionFails_WhenNoneIsShownButOneIsRequired() => FailsAsync("strict.test", null);

    [Theory]
    [InlineData("partner.test")]
    [InlineData("strict.test")]
    public async Task ConnectionFails_WhenItIsNotBelieved(string host)
    {
        using var stranger = new TestAuthority();
        using var foreign = stranger.Client("robot");
        await FailsAsync(host, foreign);
        using var forServers = _gateway.Authority.NoClient("robot");
        await FailsAsync(host, forServers);
    }

    // With TLS 1.3 the client learns of it only when it reads.
    private async Task FailsAsync(string host, X509Certificate2? certificate)
    {
        var answer = string.Empty;
        try
        {
            using var client = await TlsClient.ConnectAsync(_gateway.Port, host, certificate);
            answer = await client.GetAsync(host, Path);
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
        }

        answer.ShouldBeEmpty();
    }
}
