using System.Text.RegularExpressions;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;

namespace Authdog.Identity.Tenants;

/// <summary>Where a tenant lives: a host of its own (<c>acme.example.com</c>), or a first path segment on the shared host (<c>/acme</c>). No two tenants have the same.</summary>
public sealed partial class TenantAddress : ITenantOwned
{
    /// <summary>Longest address: a host's.</summary>
    internal const int MaxLength = 253;

    /// <inheritdoc/>
    public required TenantId TenantId { get; init; }

    /// <summary>Host in lower-case ASCII without a port, or a slash and one segment.</summary>
    public required string Address { get; init; }

    /// <summary>Whether it is a host.</summary>
    public bool IsHost => Address[0] != '/';

    /// <summary>The normal form of an address; null when the text is none.</summary>
    public static string? Normalize(string text)
    {
        var lower = text.ToLowerInvariant();
        return text.Length is 0 or > MaxLength ? null
            : text[0] == '/' ? (Segment().IsMatch(text) ? text : null)
            : Uri.CheckHostName(lower) is UriHostNameType.Dns or UriHostNameType.IPv4 && lower[^1] != '.' && lower.All(char.IsAscii) ? lower : null;
    }

    // What a router could read in two ways, or what the gateway itself answers (a dot), is no segment.
    [GeneratedRegex(@"\A/[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}\z")]
    private static partial Regex Segment();
}
