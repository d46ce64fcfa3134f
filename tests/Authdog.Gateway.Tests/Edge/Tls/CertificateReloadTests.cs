using Authdog.Gateway.Edge.Tls;
using Authdog.Gateway.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Authdog.Gateway.Tests.Edge.Tls;

/// <summary>Certificates follow their files while the gateway runs.</summary>
public sealed class CertificateReloadTests(TlsFixture fixture) : IClassFixture<TlsFixture>
{
    private readonly TlsGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task NewCertificateIsShown_AndOpenConnectionsStay()
    {
        using var open = await _gateway.ConnectAsync("app.test");
        (await open.GetAsync("app.test")).ShouldContain("app:https");
        using var renewed = _gateway.Authority.Server("app.test", "twin.test");
        _gateway.Files.WritePem("app", renewed);
        _gateway.LookAtFiles();
        using var client = await _gateway.ConnectAsync("app.test");
        client.Certificate.Thumbprint.ShouldBe(renewed.Thumbprint);
        (await open.GetAsync("app.test")).ShouldContain("app:https");
        Logged("CertificateChanged", renewed.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256));
    }

    [Fact]
    public async Task NewPfxIsShown()
    {
        using var renewed = _gateway.Authority.Server("*.wild.test");
        _gateway.Files.WritePfx("wild.pfx", renewed, "s3cret");
        _gateway.LookAtFiles();
        using var client = await _gateway.ConnectAsync("a.wild.test");
        client.Certificate.Thumbprint.ShouldBe(renewed.Thumbprint);
    }

    [Theory]
    [InlineData("half a certificate")]
    [InlineData("empty certificate")]
    [InlineData("no certificate")]
    [InlineData("key of another certificate")]
    [InlineData("half a key")]
    public async Task LastGoodCertificateStays_WhileTheFilesAreBroken(string damage)
    {
        using var before = await _gateway.ConnectAsync("shop.test");
        using var renewed = _gateway.Authority.Server("shop.test");
        using var other = _gateway.Authority.Server("shop.test");
        _gateway.Files.WritePem("shop", renewed);
        var (certificate, key) = (File.ReadAllText(_gateway.Files.File("shop.pem")), File.ReadAllText(_gateway.Files.File("shop.key")));
        switch (damage)
        {
            case "half a certificate":
                File.WriteAllText(_gateway.Files.File("shop.pem"), certificate[..(certificate.Length / 2)]);
                break;
            case "empty certificate":
                File.WriteAllText(_gateway.Files.File("shop.pem"), string.Empty);
                break;
            case "no certificate":
                File.Delete(_gateway.Files.File("shop.pem"));
                break;
            case "half a key":
                File.WriteAllText(_gateway.Files.File("shop.key"), key[..(key.Length / 2)]);
                break;
            default:
                _gateway.Files.WritePem("shop", other);
                _gateway.Files.Replace("shop.pem", certificate);
                break;
        }

        _gateway.LookAtFiles();
        _gateway.LookAtFiles();
        using (var client = await _gateway.ConnectAsync("shop.test"))
        {
            client.Certificate.Thumbprint.ShouldBe(before.Certificate.Thumbprint);
        }

        Logged("CertificateRefused", "shop.pem");
        _gateway.Files.WritePem("shop", renewed);
        _gateway.LookAtFiles();
        using var after = await _gateway.ConnectAsync("shop.test");
        after.Certificate.Thumbprint.ShouldBe(renewed.Thumbprint);
    }

    [Fact]
    public void NewCertificateIsRead_WhenLinksAreSwitched()
    {
        // As Kubernetes mounts a secret: the files are links into a folder that is itself a link, and only that one changes.
        using var files = new CertificateFolder();
        using var authority = new TestAuthority();
        using var first = authority.Server("app.test");
        using var second = authority.Server("app.test");
        foreach (var (name, certificate) in new[] { ("1", first), ("2", second) })
        {
            Directory.CreateDirectory(files.File(name));
            files.WritePem($"{name}/tls", certificate);
        }

        Directory.CreateSymbolicLink(files.File("data"), files.File("1"));
        var logs = new LogCapture();
        var live = new LiveCertificate(new CertificateFiles(files.File("data/tls.pem"), files.File("data/tls.key"), null), null, logs.CreateLogger("test"));
        live.Current.Certificate.Thumbprint.ShouldBe(first.Thumbprint);
        Directory.Delete(files.File("data"));
        Directory.CreateSymbolicLink(files.File("data"), files.File("2"));
        live.Refresh();
        live.Current.Certificate.Thumbprint.ShouldBe(second.Thumbprint);
        live.Problem.ShouldBeNull();
    }

    [Fact]
    public async Task WatchLooksEveryFewSeconds()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using var watch = new CertificateWatch(_gateway.Host.Services.GetRequiredService<TlsEndpoints>(), time);
        await watch.StartAsync(CancellationToken.None);
        using var renewed = _gateway.Authority.Server("app.test", "twin.test");
        _gateway.Files.WritePem("app", renewed);
        for (var i = 0; i < 100; i++)
        {
            time.Advance(CertificateWatch.Interval);
            await Task.Delay(20);
            using var client = await _gateway.ConnectAsync("app.test");
            if (client.Certificate.Thumbprint == renewed.Thumbprint)
            {
                await watch.StopAsync(CancellationToken.None);
                return;
            }
        }

        Assert.Fail("The new certificate was never shown.");
    }

    [Theory]
    [InlineData(20, null)]
    [InlineData(13, "CertificateEndsSoon")]
    [InlineData(-1, "CertificateEnded")]
    public void ExpiryIsSaidOnceADay(int daysLeft, string? expected)
    {
        using var files = new CertificateFolder();
        using var authority = new TestAuthority();
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = authority.Server(now.AddDays(daysLeft), "app.test");
        files.WritePem("app", certificate);
        var logs = new LogCapture();
        var live = new LiveCertificate(new CertificateFiles(files.File("app.pem"), files.File("app.key"), null), null, logs.CreateLogger("test"));
        live.WarnOfExpiry(now);
        live.WarnOfExpiry(now.AddHours(1));
        logs.Lines.Count(line => line.Contains("CertificateEnd", StringComparison.Ordinal)).ShouldBe(expected is null ? 0 : 1);
        if (expected is not null)
        {
            logs.Lines.ShouldContain(line => line.Contains(expected, StringComparison.Ordinal));
            live.WarnOfExpiry(now.AddHours(25));
            logs.Lines.Count.ShouldBe(2);
        }
    }

    private void Logged(string name, string text) =>
        _gateway.Host.Logs.Lines.ShouldContain(line => line.Contains(name, StringComparison.Ordinal) && line.Contains(text, StringComparison.Ordinal));
}
