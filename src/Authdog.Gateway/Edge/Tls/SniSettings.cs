using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Authdog.Gateway.Edge.Tls;

/// <summary><c>Kestrel:Endpoints:{name}:Sni:{host}</c>: what is different for one host. What is absent is as for the endpoint.</summary>
internal sealed class SniSettings
{
    public CertificateSettings? Certificate { get; set; }

    public IList<SslProtocols> SslProtocols { get; set; } = [];

    public ClientCertificateMode? ClientCertificateMode { get; set; }
}
