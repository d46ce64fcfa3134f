using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Authdog.Gateway.Edge.Tls;

/// <summary>One state of a certificate's files. Handshakes under way keep the state that they began with.</summary>
internal sealed class LoadedCertificate
{
    public LoadedCertificate(X509Certificate2Collection parsed, X509Certificate2Collection? clientAuthorities)
    {
        Certificate = parsed[0];

        // Offline: a handshake must not wait for somebody else's server, and intermediates come from the file.
        var trust = clientAuthorities is null ? null : SslCertificateTrust.CreateForX509Collection(clientAuthorities, sendTrustInHandshake: OperatingSystem.IsLinux() || OperatingSystem.IsMacOS());
        Context = SslStreamCertificateContext.Create(Certificate, new X509Certificate2Collection(parsed.Skip(1).ToArray()), offline: true, trust);
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>Certificate and intermediates as sent to clients.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>When somebody should have renewed it: two weeks before its end, for short-lived ones after five sixths of their life.</summary>
    public DateTimeOffset WarnAt
    {
        get
        {
            var life = Certificate.NotAfter - Certificate.NotBefore;
            var sixth = life / 6;
            return new DateTimeOffset(Certificate.NotAfter) - (sixth < TimeSpan.FromDays(14) ? sixth : TimeSpan.FromDays(14));
        }
    }
}
