using System.Net;
using System.Net.Sockets;
using Authdog.Policies.Criteria;

namespace Authdog.Policies.Explanation;

/// <summary>Masks what is seen of a person, and leaves enough to recognise a mistake.</summary>
internal static class Mask
{
    private const string Hidden = "(masked)";

    // These say that there is nothing to see.
    private static readonly string[] s_nothing = ["absent", "none", "unknown", "unknown address", "nobody is signed in"];

    public static string? Of(string? seen, SeenKind kind) => seen is null || kind == SeenKind.Plain || s_nothing.Contains(seen) || seen.EndsWith(" absent", StringComparison.Ordinal) ? seen
        : kind == SeenKind.Email ? Email(seen)
        : kind == SeenKind.Address && IPAddress.TryParse(seen, out var address) ? Address(address)
        : Hidden;

    // The domain is the company's and not the person's.
    private static string Email(string address)
    {
        var at = address.LastIndexOf('@');
        return at > 0 ? $"{address[0]}…{address[at..]}" : Hidden;
    }

    private static string Address(IPAddress address)
    {
        var kept = address.AddressFamily == AddressFamily.InterNetwork ? 3 : 6;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(kept).Clear();
        return $"{new IPAddress(bytes)}/{kept * 8}";
    }
}
