using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Authdog.Gateway.Edge.Tls;

/// <summary>The certificate that the client proved to hold: it chains to one of <c>Gateway:Tls:ClientAuthoritiesFile</c>, is for client authentication, and was valid at the handshake. Absent on a request whose client showed none, or came through a trusted proxy.</summary>
/// <param name="Subject">Distinguished name (RFC 4514 order as .NET writes it, such as <c>CN=ada, O=Example</c>).</param>
/// <param name="Issuer">Distinguished name of the authority.</param>
/// <param name="Thumbprint">SHA-256 of the certificate, lower-case hexadecimal.</param>
/// <param name="DnsNames">DNS names of the subject alternative name.</param>
/// <param name="EmailAddresses">Mail addresses of the subject alternative name.</param>
/// <param name="Uris">URIs of the subject alternative name, such as a SPIFFE id.</param>
internal sealed record ClientCertificateFeature(string Subject, string Issuer, string Thumbprint, IReadOnlyList<string> DnsNames, IReadOnlyList<string> EmailAddresses, IReadOnlyList<string> Uris)
{
    // Kestrel hands out one object per connection: parsed once, whatever the number of requests.
    private static readonly ConditionalWeakTable<X509Certificate2, ClientCertificateFeature> s_read = [];

    public static ClientCertificateFeature Of(X509Certificate2 certificate) => s_read.GetValue(certificate, Read);

    private static ClientCertificateFeature Read(X509Certificate2 certificate)
    {
        var names = SubjectAlternativeNames.Read(certificate);
        return new ClientCertificateFeature(
            certificate.Subject,
            certificate.Issuer,
            certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant(),
            names.DnsNames,
            names.EmailAddresses,
            names.Uris);
    }
}
