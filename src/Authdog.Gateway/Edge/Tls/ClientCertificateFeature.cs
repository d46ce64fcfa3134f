using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Authdog.Gateway.Edge.Tls;

/// <summary>The certificate that the client proved to hold: it chains to one of <c>Gateway:Tls:ClientAuthoritiesFile</c>, is for client authentication, and was valid at the handshake. Absent on a request whose client showed none or one out of bounds, or came through a trusted proxy.</summary>
/// <remarks>A route asks for one by its host: <c>ClientCertificateMode</c> of the endpoint or of its <c>Sni</c> entry, since the handshake comes before any path; its policy then demands what the certificate must be. All values are plain strings, compared as they are.</remarks>
/// <param name="Subject">Distinguished name in the certificate's order as .NET writes it, such as <c>CN=ada, O=Example</c>; at most 1,024 characters, no control characters.</param>
/// <param name="Issuer">Distinguished name of the authority, likewise.</param>
/// <param name="Thumbprint">SHA-256 of the certificate, lower-case hexadecimal.</param>
/// <param name="DnsNames">DNS names of the subject alternative name, in lower case without trailing dot. These three lists have at most 64 entries together, of at most 1,024 visible ASCII characters, or none.</param>
/// <param name="EmailAddresses">Mail addresses of the subject alternative name.</param>
/// <param name="Uris">URIs of the subject alternative name, such as a SPIFFE id.</param>
internal sealed record ClientCertificateFeature(string Subject, string Issuer, string Thumbprint, IReadOnlyList<string> DnsNames, IReadOnlyList<string> EmailAddresses, IReadOnlyList<string> Uris)
{
    // Kestrel hands out one object per connection: parsed once, whatever the number of requests.
    private static readonly ConditionalWeakTable<X509Certificate2, ClientCertificateFeature?> s_read = [];

    private const int MaxLength = 1024;

    /// <summary>The parts of a certificate; null when its names are out of bounds.</summary>
    public static ClientCertificateFeature? Of(X509Certificate2 certificate) => s_read.GetValue(certificate, Read);

    private static ClientCertificateFeature? Read(X509Certificate2 certificate)
    {
        if (!IsSound(certificate.Subject) || !IsSound(certificate.Issuer))
        {
            return null;
        }

        var names = SubjectAlternativeNames.Read(certificate);
        return new ClientCertificateFeature(
            certificate.Subject,
            certificate.Issuer,
            certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant(),
            names.DnsNames,
            names.EmailAddresses,
            names.Uris);
    }

    private static bool IsSound(string name) => name.Length <= MaxLength && !name.Any(char.IsControl);
}
