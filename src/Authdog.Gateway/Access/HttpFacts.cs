using System.Runtime.CompilerServices;
using Authdog.Gateway.Access.Geo;
using Authdog.Gateway.Edge;
using Authdog.Gateway.Edge.BotProtection;
using Authdog.Gateway.Edge.Tls;
using Authdog.Identity.Challenges;
using Authdog.Identity.Tenants;
using Authdog.Policies.Decisions;
using Microsoft.Net.Http.Headers;

namespace Authdog.Gateway.Access;

/// <summary>Looks up, of one request at a time, what a criterion asks for. One instance a thread: a decision is made on one thread from beginning to end, so that asking nothing allocates nothing.</summary>
internal sealed class HttpFacts : RequestFacts
{
    private static readonly ConditionalWeakTable<ClientCertificateFeature, ClientCertificate> s_certificates = [];
    private GeoDatabases? _geo;
    private BotScorer? _scorer;
    private RouteChallenges? _challenges;
    private HttpContext? _context;
    private CanonicalRequest? _request;
    private string? _country;
    private long? _asn;
    private bool _countryKnown;
    private bool _asnKnown;

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
                (_country, _countryKnown) = (_geo?.Country(_request?.RemoteAddress), true);
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
                (_asn, _asnKnown) = (_geo?.Asn(_request?.RemoteAddress), true);
            }

            return _asn;
        }
    }

    /// <inheritdoc/>
    public override int? BotScore => _context is null ? null : _scorer?.Of(_context).Value;

    /// <inheritdoc/>
    public override string? BotSignals => _context is not null && _scorer?.Of(_context).Describe() is { Length: > 0 } signals ? signals : null;

    /// <inheritdoc/>
    public override bool? ChallengePassed => _context?.Features.Get<TenantFeature>() is { } tenant ? _challenges?.HasPassed(_context, tenant.Tenant) : null;

    /// <summary>The facts of a request, until <see cref="End"/>.</summary>
    public void Begin(HttpContext context, CanonicalRequest request, GeoDatabases geo, BotScorer scorer, RouteChallenges challenges) =>
        (_context, _request, _geo, _scorer, _challenges) = (context, request, geo, scorer, challenges);

    /// <summary>Forgets the request.</summary>
    public void End()
    {
        (_context, _request, _geo, _scorer, _challenges) = (null, null, null, null, null);
        (_country, _countryKnown, _asn, _asnKnown) = (null, false, null, false);
    }

    /// <inheritdoc/>
    public override FieldLines Header(string name)
    {
        // Cookies hold the gateway's own, which no policy and no record may see.
        if (_context is null || name.Equals(HeaderNames.Cookie, StringComparison.OrdinalIgnoreCase))
        {
            return default;
        }

        var values = _context.Request.Headers[name];
        return values.Count switch
        {
            0 => default,
            1 => new FieldLines(values[0] ?? string.Empty),
            _ => new FieldLines((string[])values!),
        };
    }

    /// <summary>The lines of a header, copied.</summary>
    public string[] Lines(string name)
    {
        var lines = Header(name);
        var copy = new string[lines.Count];
        for (var i = 0; i < copy.Length; i++)
        {
            copy[i] = lines[i];
        }

        return copy;
    }

    private static ClientCertificate Describe(ClientCertificateFeature shown) => new()
    {
        Thumbprint = shown.Thumbprint,
        Subject = shown.Subject,
        Issuer = shown.Issuer,
        AlternativeNames = [.. shown.DnsNames, .. shown.EmailAddresses, .. shown.Uris],
    };
}
