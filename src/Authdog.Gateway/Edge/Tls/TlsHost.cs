using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Authdog.Gateway.Edge.Tls;

/// <summary>How connections to one host of one endpoint are secured.</summary>
internal sealed class TlsHost(LiveCertificate certificate, SslProtocols protocols, ClientCertificateMode clients, X509ChainPolicy? clientPolicy)
{
    private CachedOptions? _cached;

    /// <summary>The certificate that it shows.</summary>
    public LiveCertificate Certificate => certificate;

    /// <summary>Whether clients are asked for a certificate.</summary>
    public bool AsksForCertificate => clients != ClientCertificateMode.NoCertificate;

    /// <summary>For one handshake. Early data is never accepted: .NET's TLS does not offer it (B20).</summary>
    public SslServerAuthenticationOptions Options()
    {
        var loaded = certificate.Current;
        if (AsksForCertificate)
        {
            // Verifying adds the client's intermediates to the policy: each handshake needs its own.
            var own = Make(loaded);
            own.ClientCertificateRequired = true;
            own.CertificateChainPolicy = clientPolicy?.Clone();
            own.RemoteCertificateValidationCallback = IsAccepted;
            return own;
        }

        // The same options again let OpenSSL resume sessions, and save their making.
        var cached = _cached;
        if (cached?.Loaded != loaded)
        {
            _cached = cached = new CachedOptions(loaded, Make(loaded));
        }

        return cached.Options;
    }

    private SslServerAuthenticationOptions Make(LoadedCertificate loaded) => new()
    {
        ServerCertificateContext = loaded.Context,
        EnabledSslProtocols = protocols,
        AllowRenegotiation = false,
    };

    private bool IsAccepted(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors) =>
        shown is null ? clients == ClientCertificateMode.AllowCertificate : errors == SslPolicyErrors.None;

    private sealed record CachedOptions(LoadedCertificate Loaded, SslServerAuthenticationOptions Options);
}
