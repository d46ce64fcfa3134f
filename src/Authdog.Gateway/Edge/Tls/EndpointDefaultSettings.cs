using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Authdog.Gateway.Edge.Tls;

/// <summary><c>Kestrel:EndpointDefaults</c>.</summary>
internal sealed class EndpointDefaultSettings
{
    public HttpProtocols? Protocols { get; set; }

    public IList<SslProtocols> SslProtocols { get; set; } = [];

    public ClientCertificateMode? ClientCertificateMode { get; set; }
}
