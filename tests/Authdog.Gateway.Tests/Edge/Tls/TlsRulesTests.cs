using Authdog.Gateway.Edge;
using Authdog.Gateway.Edge.Tls;
using Authdog.Gateway.Tests.Hosting;
using Microsoft.Extensions.Configuration;

namespace Authdog.Gateway.Tests.Edge.Tls;

/// <summary>Mistakes in section <c>Kestrel</c>, each with key and cure.</summary>
public sealed class TlsRulesTests : IDisposable
{
    private readonly CertificateFolder _files = new();

    public TlsRulesTests()
    {
        using var authority = new TestAuthority();
        using var one = authority.Server("app.test");
        using var two = authority.Server("app.test");
        _files.WritePem("app", one);
        _files.WritePem("other", two);
        _files.WritePfx("app.pfx", one, "s3cret");
        _files.Replace("text.pem", "no certificate");
    }

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("AG1023 Kestrel:Endpoints:A is https", "Endpoints:A:Url=https://*:443")]
    [InlineData("AG1023 Kestrel:Endpoints:A:Sni:x.test has no", "Endpoints:A:Url=https://*:443", "Endpoints:A:Sni:x.test:ClientCertificateMode=NoCertificate")]
    [InlineData("AG1024 Kestrel:Endpoints:A:Url = 'ftp://x'", "Endpoints:A:Url=ftp://x")]
    [InlineData("AG1024 Kestrel:Endpoints:A:Url = ''", "Endpoints:A:Protocols=Http1")]
    [InlineData("AG1025 Kestrel:Endpoints:A:Certificate:Path is empty", "Endpoints:A:Url=https://*:443", "Endpoints:A:Certificate:KeyPath=app.key")]
    [InlineData("AG1025 Kestrel:Endpoints:A:Certificate:Path = 'none.pem'", "Endpoints:A:Url=https://*:443", "Endpoints:A:Certificate:Path=none.pem")]
    [InlineData("AG1025 Kestrel:Endpoints:A:Certificate:Path = 'app.pem'", "Endpoints:A:Url=https://*:443", "Endpoints:A:Certificate:Path=app.pem", "Endpoints:A:Certificate:KeyPath=other.key")]
    [InlineData("AG1025 Kestrel:Endpoints:A:Certificate:Path = 'app.pem'", "Endpoints:A:Url=https://*:443", "Endpoints:A:Certificate:Path=app.pem")]
    [InlineData("AG1025 Kestrel:Endpoints:A:Certificate:Path = 'app.pfx'", "Endpoints:A:Url=https://*:443", "Endpoints:A:Certificate:Path=app.pfx", "Endpoints:A:Certificate:Password=wrong")]
    [InlineData("AG1025 Kestrel:Certificates:Default:Path = 'text.pem'", "Certificates:Default:Path=text.pem")]
    [InlineData("AG1022 Kestrel:Certificates:Other", "Certificates:Other:Path=app.pem")]
    [InlineData("AG1026 Kestrel:Endpoints:A:SslProtocols names 'Tls11'", "Endpoints:A:Url=http://*:80", "Endpoints:A:SslProtocols:0=Tls11")]
    [InlineData("AG1027 Kestrel:Endpoints:A:ClientCertificateMode", "Endpoints:A:Url=http://*:80", "Endpoints:A:ClientCertificateMode=RequireCertificate")]
    [InlineData("AG1028 Kestrel:EndpointDefaults:ClientCertificateMode", "EndpointDefaults:ClientCertificateMode=DelayCertificate")]
    [InlineData("AG1029 Kestrel:Endpoints:A:Sni:a b", "Endpoints:A:Url=https://*:443", "Endpoints:A:Sni:a b:Certificate:Path=app.pfx", "Endpoints:A:Sni:a b:Certificate:Password=s3cret")]
    [InlineData("AG1030 Kestrel:Endpoints:A has certificates", "Endpoints:A:Url=http://*:80", "Endpoints:A:Certificate:Path=app.pfx")]
    [InlineData("AG1033 Kestrel:Endpoints:A has HTTP/3", "Endpoints:A:Url=https://*:443", "Endpoints:A:Protocols=Http1AndHttp2AndHttp3", "Endpoints:A:Sni:x.test:Certificate:Path=app.pfx", "Endpoints:A:Sni:x.test:Certificate:Password=s3cret")]
    public void MistakeIsSaid(string expected, params string[] settings) =>
        Check([], settings).ShouldHaveSingleItem().ShouldStartWith(expected);

    [Fact]
    public void HttpsInUrlsNeedsTheDefaultCertificate()
    {
        Check(["https://*:443"]).ShouldHaveSingleItem().ShouldStartWith("AG1023 Urls");
        Check(["https://*:443"], "Certificates:Default:Path=app.pem", "Certificates:Default:KeyPath=app.key").ShouldBeEmpty();
    }

    [Fact]
    public void PasswordIsNotRepeated() =>
        Check([], "Certificates:Default:Path=app.pfx", "Certificates:Default:Password=gehe1m").ShouldHaveSingleItem().ShouldNotContain("gehe1m");

    private List<string> Check(string[] urls, params string[] settings)
    {
        var options = new KestrelOptions();
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Split('=')[0], (string?)setting.Split('=')[1])))
            .Build()
            .Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        return TlsRules.Check(options, new TlsOptions(), new ListeningUrls(urls), _files.Path);
    }
}
