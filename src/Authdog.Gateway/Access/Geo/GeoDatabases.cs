using System.Globalization;
using System.Net;
using Authdog.Identity.Login.Risk;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Access.Geo;

/// <summary>Where a client is, and through whose network it comes, as far as the mounted databases know.</summary>
internal sealed class GeoDatabases(IOptions<GeoOptions> options, ILogger<GeoDatabase> logger)
{
    private readonly GeoDatabase? _cities = options.Value.CityFile is { } file ? new GeoDatabase(file, logger) : null;
    private readonly GeoDatabase? _countries = options.Value.CountryFile is { } file ? new GeoDatabase(file, logger) : null;
    private readonly GeoDatabase? _systems = options.Value.AsnFile is { } file ? new GeoDatabase(file, logger) : null;

    /// <summary>The databases that are mounted.</summary>
    public IEnumerable<GeoDatabase> All => new[] { _countries, _systems, _cities }.OfType<GeoDatabase>();

    /// <summary>Country of an address, ISO 3166-1 alpha-2 in upper case; null when unknown.</summary>
    public string? Country(IPAddress? address)
    {
        if (address is null || (_countries ?? _cities)?.Find(address) is not { } found)
        {
            return null;
        }

        // MaxMind's own databases, then flat ones as others publish them.
        var code = found.GetValueOrDefault("country") is IReadOnlyDictionary<string, object> country ? country.GetValueOrDefault("iso_code") : found.GetValueOrDefault("country_code") ?? found.GetValueOrDefault("country");
        return code is string { Length: 2 } text && text.All(char.IsAsciiLetter) ? text.ToUpperInvariant() : null;
    }

    /// <summary>Country and coordinates of an address; null when nothing is known.</summary>
    public SignInPlace? SignInPlace(IPAddress address)
    {
        var location = (_cities ?? _countries)?.Find(address)?.GetValueOrDefault("location") as IReadOnlyDictionary<string, object>;
        var place = new SignInPlace(Country(address), location?.GetValueOrDefault("latitude") as double?, location?.GetValueOrDefault("longitude") as double?);
        return place is { Country: null, Latitude: null } ? null : place;
    }

    /// <summary>City and country of an address, as people read them; null when unknown.</summary>
    public string? Place(IPAddress address, CultureInfo culture)
    {
        var city = _cities?.Find(address) is { } found ? CityOf(found, culture) : null;
        var country = Country(address) is { } code ? CountryName.In(code, culture) : null;
        return city is null || country is null ? city ?? country : $"{city}, {country}";
    }

    /// <summary>Number of the autonomous system of an address; null when unknown.</summary>
    public long? Asn(IPAddress? address)
    {
        if (address is null || _systems?.Find(address) is not { } found)
        {
            return null;
        }

        return (found.GetValueOrDefault("autonomous_system_number") ?? found.GetValueOrDefault("asn")) switch
        {
            long number => number,
            int number => number,
            uint number => number,
            ulong number => (long)number,
            string text when long.TryParse(text.AsSpan().TrimStart("AS"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            _ => null,
        };
    }

    // As above: names by language, or one alone.
    private static string? CityOf(IReadOnlyDictionary<string, object> found, CultureInfo culture) => found.GetValueOrDefault("city") switch
    {
        string { Length: > 0 } name => name,
        IReadOnlyDictionary<string, object> city when city.GetValueOrDefault("names") is IReadOnlyDictionary<string, object> names =>
            (names.GetValueOrDefault(culture.TwoLetterISOLanguageName) ?? names.GetValueOrDefault("en")) as string,
        _ => null,
    };
}
