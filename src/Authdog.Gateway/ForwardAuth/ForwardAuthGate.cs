using System.Collections.Frozen;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.ForwardAuth;

/// <summary>Who may ask: a listed address that proves itself by secret, certificate, or both when both are configured.</summary>
internal sealed class ForwardAuthGate
{
    private readonly AddressList _addresses;
    private readonly CallerSecret? _secret;
    private readonly FrozenSet<string>? _clients;
    private readonly TimeProvider _time;

    public ForwardAuthGate(IOptions<ForwardAuthOptions> options, TimeProvider time)
    {
        var settings = options.Value;
        _time = time;
        _addresses = new AddressList(settings.AllowedAddresses);
        _secret = CallerSecret.Read(settings) is { } value ? new CallerSecret(settings.SharedSecretHeader, value) : null;
        _clients = settings.ClientCertificateFile is null ? null : ListenerCertificates.LoadClients(settings);
    }

    public bool AsksForCertificate => _clients is not null;

    /// <summary>Null when the caller may ask; otherwise what it lacks.</summary>
    public string? Refuse(HttpContext context)
    {
        if (!_addresses.Contains(context.Connection.RemoteIpAddress))
        {
            return "address";
        }

        if (_secret is null && _clients is null)
        {
            return "configuration";
        }

        if (_secret is not null && !_secret.Matches(context.Request.Headers[_secret.Header]))
        {
            return "secret";
        }

        return _clients is null || IsKnown(context.Connection.ClientCertificate) ? null : "certificate";
    }

    /// <summary>Whether the certificate is one of those configured, within its time.</summary>
    public bool IsKnown(X509Certificate2? certificate)
    {
        if (certificate is null || _clients is null || !_clients.Contains(ListenerCertificates.Fingerprint(certificate)))
        {
            return false;
        }

        var now = _time.GetUtcNow();
        return now >= certificate.NotBefore.ToUniversalTime() && now < certificate.NotAfter.ToUniversalTime();
    }
}
