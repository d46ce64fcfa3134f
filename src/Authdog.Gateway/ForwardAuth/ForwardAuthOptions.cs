namespace Authdog.Gateway.ForwardAuth;

/// <summary>Section <c>Gateway:ForwardAuth</c>: decisions for a proxy that carries the requests itself. Off unless <see cref="Url"/> is set.</summary>
internal sealed partial class ForwardAuthOptions
{
    public const string Section = "Gateway:ForwardAuth";

    /// <summary>Where the proxy asks, such as <c>http://127.0.0.1:8082</c>. Never public.</summary>
    public string? Url { get; set; }

    /// <summary>Which proxy asks.</summary>
    public ForwardAuthProxy? Proxy { get; set; }

    /// <summary>Addresses and CIDR ranges from which it asks. All others are refused.</summary>
    public IList<string> AllowedAddresses { get; set; } = [];

    /// <summary>What the proxy proves itself with, at least 32 characters; or a client certificate; or both.</summary>
    public string? SharedSecret { get; set; }

    /// <summary>File of the shared secret, instead of <see cref="SharedSecret"/>; blanks and line ends around it do not count.</summary>
    public string? SharedSecretFile { get; set; }

    /// <summary>Header in which the proxy sends the shared secret.</summary>
    public string SharedSecretHeader { get; set; } = "X-Authdog-Secret";

    /// <summary>PEM file of the listener's own certificate chain, for an <c>https</c> <see cref="Url"/>.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>PEM file of the key of <see cref="CertificateFile"/>.</summary>
    public string? CertificateKeyFile { get; set; }

    /// <summary>PEM file of the very certificates with which proxies may ask (no authorities: each stands for itself).</summary>
    public string? ClientCertificateFile { get; set; }

    /// <summary>Status of "sign in" for a browser: 401 with <c>Location</c>, or 302 for proxies that can only pass an answer on as it is (Traefik, Envoy).</summary>
    public int SignInStatus { get; set; } = 401;
}
