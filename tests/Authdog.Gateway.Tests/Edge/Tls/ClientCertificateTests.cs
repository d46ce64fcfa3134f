using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
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
