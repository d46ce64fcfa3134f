using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Authdog.Gateway.Edge.Tls;

/// <summary><c>Kestrel:Endpoints:{name}</c>: one listener.</summary>
internal sealed class EndpointSettings
{
    /// <summary>Such as <c>https://*:443</c>.</summary>
    public string? Url { get; set; }

    /// <summary>Absent: HTTP/1.1, and HTTP/2 over TLS. <c>Http1AndHttp2AndHttp3</c> adds HTTP/3.</summary>
    public HttpProtocols? Protocols { get; set; }

    /// <summary><c>Tls12</c>, <c>Tls13</c>; both when absent.</summary>
    public IList<SslProtocols> SslProtocols { get; set; } = [];

    /// <summary>Whether clients are asked for a certificate: <c>NoCertificate</c>, <c>AllowCertificate</c>, <c>RequireCertificate</c>.</summary>
    public ClientCertificateMode? ClientCertificateMode { get; set; }

    /// <summary>For hosts that <see cref="Sni"/> does not name.</summary>
    public CertificateSettings? Certificate { get; set; }

    /// <summary>By host: <c>app.example.com</c>, <c>*.example.com</c>, <c>*</c>.</summary>
    public IDictionary<string, SniSettings> Sni { get; set; } = new Dictionary<string, SniSettings>(StringComparer.OrdinalIgnoreCase);

    internal bool IsHttps => Url?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) == true;
}
