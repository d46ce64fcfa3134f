using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Authdog.Gateway.Tests.Hosting;

/// <summary>Issues certificates for tests.</summary>
internal sealed class TestAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TestAuthority(string name = "Test authority")
    {
        Certificate = Request(name, _key, isAuthority: true).CreateSelfSigned(Now.AddYears(-2), Now.AddYears(2));
    }

    private TestAuthority(TestAuthority parent, string name)
    {
        using var made = Request(name, _key, isAuthority: true).Create(parent.Certificate, Now.AddYears(-1), Now.AddYears(1), Serial());
        Certificate = made.CopyWithPrivateKey(_key);
    }

    public X509Certificate2 Certificate { get; }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>An authority under this one.</summary>
    public TestAuthority Intermediate(string name) => new(this, name);

    /// <summary>A server certificate for hosts; the first one is its name.</summary>
    public X509Certificate2 Server(params string[] hosts) => Server(Now.AddDays(90), hosts);

    public X509Certificate2 Server(DateTimeOffset end, params string[] hosts)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts)
        {
            names.AddDnsName(host);
        }

        return Issue(hosts[0], ServerAuthentication, end, names);
    }

    /// <summary>A client certificate with names of each kind.</summary>
    public X509Certificate2 Client(string name, string usage = ClientAuthentication)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName($"{name}.machines.test");
        names.AddEmailAddress($"{name}@example.com");
        names.AddUri(new Uri($"spiffe://example.com/{name}"));
        return Issue(name, usage, Now.AddDays(30), names);
    }

    /// <summary>A certificate that may not be used by clients.</summary>
    public X509Certificate2 NoClient(string name) => Client(name, ServerAuthentication);

    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }

    private static CertificateRequest Request(string name, ECDsa key, bool isAuthority)
    {
        var request = new CertificateRequest($"CN={name}, O=Example", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        return request;
    }

    private static byte[] Serial() => RandomNumberGenerator.GetBytes(8);

    private X509Certificate2 Issue(string name, string usage, DateTimeOffset end, SubjectAlternativeNameBuilder names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(name, key, isAuthority: false);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        using var made = request.Create(Certificate, end.AddDays(-90), end, Serial());
        return made.CopyWithPrivateKey(key);
    }
}
