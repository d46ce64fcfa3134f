using System.Globalization;
using System.Net;

namespace Authdog.Identity.Pages;

/// <summary>Where a client address is, in words, for people to recognise their devices by; nothing is decided by it. Whoever has a database of addresses registers one in place of the usual, which knows nothing.</summary>
/// <param name="find">City and country of an address in a language; null when unknown.</param>
public sealed class ClientPlaces(Func<IPAddress, CultureInfo, string?> find)
{
    private const int MaxLength = 120;

    /// <summary>Knows nothing.</summary>
    public static ClientPlaces Unknown { get; } = new(static (_, _) => null);

    /// <summary>The place of an address, such as <c>Berlin, Germany</c>; null when it is not known.</summary>
    public string? Of(string? address, PageTexts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return IPAddress.TryParse(address, out var parsed) && find(parsed, texts.Culture) is { Length: > 0 and <= MaxLength } place && !place.Any(char.IsControl) ? place : null;
    }
}
