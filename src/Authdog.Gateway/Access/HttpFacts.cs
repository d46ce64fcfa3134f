using System.Runtime.CompilerServices;
using Authdog.Gateway.Access.Geo;
using Authdog.Gateway.Edge;
using Authdog.Gateway.Edge.Tls;
using Authdog.Policies.Decisions;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Authdog.Gateway.Access;

/// <summary>Looks up, of one request at a time, what a criterion asks for. One instance a thread: a decision is made on one thread from beginning to end, so that asking nothing allocates nothing.</summary>
internal sealed class HttpFacts(GeoDatabases geo) : RequestFacts
{
    private static readonly ConditionalWeakTable<ClientCertificateFeature, ClientCertificate> s_certificates = [];
    private readonly List<string> _asked = [];
    private HttpContext? _context;
    private CanonicalRequest? _request;
    private string? _country;
    private long? _asn;
    private bool _countryKnown;
    private bool _asnKnown;

    /// <summary>Names of the headers that criteria asked for, each once.</summary>
    public IReadOnlyList<string> AskedHeaders => _asked;

    /// <inheritdoc/>
    public override ClientCertificate? ClientCertificate =>
        _context?.Features.Get<ClientCertificateFeature>() is { } shown ? s_certificates.GetValue(shown, Describe) : null;

    /// <inheritdoc/>
    public override string? Country
    {
        get
        {
            if (!_countryKnown)
            {
                (_country, _countryKnown) = (geo.Country(_request?.RemoteAddress), true);
            }

            return _country;
        }
    }

    /// <inheritdoc/>
    public override long? Asn
    {
        get
        {
            if (!_asnKnown)
            {
                (_asn, _asnKnown) = (geo.Asn(_request?.RemoteAddress), true);
            }

            return _asn;
        }
    }

    /// <summary>The facts of a request, until <see cref="End"/>.</summary>
    public void Begin(HttpContext context, CanonicalRequest request) => (_context, _request) = (context, request);

    /// <summary>Forgets the request.</summary>
    public void End()
    {
        (_context, _request) = (null, null);
        (_country, _countryKnown, _asn, _asnKnown) = (null, false, null, false);
        _asked.Clear();
    }

    /// <inheritdoc/>
    public override FieldLines Header(string name)
    {
        // Cookies hold the gateway's own, which no policy and no record may see.
        if (_context is null || name.Equals(HeaderNames.Cookie, StringComparison.OrdinalIgnoreCase))
        {
            return default;
        }

        if (!_asked.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            _asked.Add(name);
        }

        var values = _context.Request.Headers[name];
        return values.Count switch
        {
            0 => default,
            1 => new FieldLines(values[0] ?? string.Empty),
            _ => new FieldLines(Lines(values)),
        };
    }

    private static string[] Lines(StringValues values) => (string[])values!;

    private static ClientCertificate Describe(ClientCertificateFeature shown) => new()
    {
        Thumbprint = shown.Thumbprint,
        Subject = shown.Subject,
        Issuer = shown.Issuer,
        AlternativeNames = [.. shown.DnsNames, .. shown.EmailAddresses, .. shown.Uris],
    };
}
