using System.Buffers;
using System.Collections.Frozen;
using Microsoft.Net.Http.Headers;

namespace Authdog.Gateway.Edge;

/// <summary>The header names that only the gateway may set, by folded name: letters and digits in lower case, all else dropped, as CGI, WSGI and PHP do (B5).</summary>
/// <remarks>Names are global: what one route gives its app, no client may send on any route.</remarks>
internal sealed class ReservedHeaders
{
    private const int StackLimit = 128;
    private static readonly SearchValues<char> s_plainName = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly string[] s_prefixes = ["xauthdog", "xforwarded", "xoriginal", "xrewrite"];

    // "proxy": CGI apps read it as HTTP_PROXY (httpoxy). Method overrides: the policy judged the method that was sent.
    private static readonly string[] s_names = ["forwarded", "xrealip", "xhttpmethodoverride", "xhttpmethod", "xmethodoverride", "proxy"];

    // What nearly every request has. Those that are neither reserved nor odd are looked up by their name alone.
    private static readonly string[] s_usual =
    [
        HeaderNames.Accept, HeaderNames.AcceptEncoding, HeaderNames.AcceptLanguage, HeaderNames.Authorization, HeaderNames.CacheControl, HeaderNames.Connection, HeaderNames.ContentEncoding,
        HeaderNames.ContentLength, HeaderNames.ContentType, HeaderNames.Cookie, HeaderNames.DNT, HeaderNames.Expect, HeaderNames.Host, HeaderNames.IfMatch, HeaderNames.IfModifiedSince,
        HeaderNames.IfNoneMatch, HeaderNames.IfUnmodifiedSince, HeaderNames.KeepAlive, HeaderNames.Origin, HeaderNames.Pragma, HeaderNames.Range, HeaderNames.Referer, HeaderNames.TE,
        HeaderNames.TraceParent, HeaderNames.TraceState, HeaderNames.TransferEncoding, HeaderNames.Upgrade, HeaderNames.UpgradeInsecureRequests, HeaderNames.UserAgent, HeaderNames.XRequestedWith,
        "Priority", "Sec-CH-UA", "Sec-CH-UA-Mobile", "Sec-CH-UA-Platform", "Sec-Fetch-Dest", "Sec-Fetch-Mode", "Sec-Fetch-Site", "Sec-Fetch-User",
        HeaderNames.SecWebSocketExtensions, HeaderNames.SecWebSocketKey, HeaderNames.SecWebSocketProtocol, HeaderNames.SecWebSocketVersion,
    ];

    private readonly Lock _adding = new();
    private volatile FrozenSet<string> _names = s_names.ToFrozenSet(StringComparer.Ordinal);
    private volatile FrozenSet<string> _harmless;

    public ReservedHeaders() => _harmless = Harmless();

    /// <summary>Adds the names that routes have configured. None is taken back before a restart: a request may be on its way by the old configuration.</summary>
    public void Add(IEnumerable<string> names)
    {
        lock (_adding)
        {
            _names = _names.Concat(names.Select(Fold)).ToFrozenSet(StringComparer.Ordinal);
            _harmless = Harmless();
        }
    }

    /// <summary>Whether the name is known to be neither reserved nor odd; false says nothing.</summary>
    public bool IsHarmless(string name) => _harmless.Contains(name);

    /// <summary>Whether some upstream could take this name for one of ours.</summary>
    public bool Contains(string name)
    {
        if (name.Length > StackLimit)
        {
            return ContainsFolded(Fold(name));
        }

        Span<char> folded = stackalloc char[StackLimit];
        return ContainsFolded(folded[..Fold(name, folded)]);
    }

    /// <summary>Whether the name is of the gateway's own namespace, <c>X-Authdog-*</c>.</summary>
    public static bool IsOwn(string name) => Fold(name).StartsWith(s_prefixes[0], StringComparison.Ordinal);

    /// <summary>Whether the name consists of letters, digits and <c>-</c>.</summary>
    public static bool IsPlain(string name) => !name.AsSpan().ContainsAnyExcept(s_plainName);

    private FrozenSet<string> Harmless() => s_usual.Where(name => !Contains(name) && IsPlain(name)).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private bool ContainsFolded(ReadOnlySpan<char> folded)
    {
        foreach (var prefix in s_prefixes)
        {
            if (folded.StartsWith(prefix, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return _names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(folded);
    }

    /// <summary>The name as upstreams fold it.</summary>
    public static string Fold(string name)
    {
        var folded = new char[name.Length];
        return new string(folded, 0, Fold(name, folded));
    }

    private static int Fold(ReadOnlySpan<char> name, Span<char> folded)
    {
        var length = 0;
        foreach (var c in name)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                folded[length++] = (char)(char.IsAsciiLetterUpper(c) ? c | 0x20 : c);
            }
        }

        return length;
    }
}
