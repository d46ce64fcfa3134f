using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Login;

/// <summary>Where a login leads back to: an absolute path on this host, or an address of a registered origin. Exists only by parsing (B8).</summary>
public sealed record ReturnUrl
{
    private const int MaxLength = 2048;

    private ReturnUrl(string value) => Value = value;

    /// <summary>The start page.</summary>
    public static ReturnUrl Root { get; } = new("/");

    /// <summary>Fit for a <c>Location</c> header as it is.</summary>
    public string Value { get; }

    /// <summary>Reads a target; false when it leads elsewhere or when browsers and servers might disagree on where it leads.</summary>
    public static bool TryParse(string? text, IEnumerable<string> registeredOrigins, [NotNullWhen(true)] out ReturnUrl? target)
    {
        target = null;
        // Printable ASCII without the backslash: browsers drop tabs and line breaks inside an address and read '\' as '/'.
        if (text is not { Length: > 0 and <= MaxLength } || text.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0 || text.Contains('\\', StringComparison.Ordinal))
        {
            return false;
        }

        var path = text;
        if (text[0] != '/')
        {
            var origin = registeredOrigins.FirstOrDefault(origin => text.StartsWith(origin, StringComparison.OrdinalIgnoreCase)
                && (text.Length == origin.Length || text[origin.Length] is '/' or '?' or '#'));
            if (origin is null)
            {
                return false;
            }

            path = text[origin.Length..];
        }

        target = IsUnambiguous(path) ? new ReturnUrl(text) : null;
        return target is not null;
    }

    /// <summary>Reads a target and falls back to the start page.</summary>
    public static ReturnUrl ParseOrRoot(string? text, IEnumerable<string> registeredOrigins) => TryParse(text, registeredOrigins, out var target) ? target : Root;

    /// <summary>The target that a request carries beside its transaction, in its form or its address: what is left of a thread that is over.</summary>
    public static ReturnUrl CarriedBy(HttpRequest request, IEnumerable<string> registeredOrigins)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ParseOrRoot(HttpMethods.IsPost(request.Method) ? request.Form["return"] : request.Query["return"], registeredOrigins);
    }

    /// <summary>Whether a text is an origin and nothing more.</summary>
    internal static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && string.Equals(uri.GetLeftPart(UriPartial.Authority), text, StringComparison.OrdinalIgnoreCase)
        && uri.UserInfo.Length == 0;

    // No empty and no dot segments, however spelt: "/.//elsewhere" is a path for one reader and a host for the next.
    private static bool IsUnambiguous(string pathAndQuery)
    {
        var end = pathAndQuery.AsSpan().IndexOfAny('?', '#');
        var path = Uri.UnescapeDataString(end < 0 ? pathAndQuery : pathAndQuery[..end]);
        if (path.Any(char.IsControl) || path.Contains('\\', StringComparison.Ordinal) || path.Contains("//", StringComparison.Ordinal))
        {
            return false;
        }

        return !path.Split('/').Any(segment => segment is "." or "..");
    }
}
