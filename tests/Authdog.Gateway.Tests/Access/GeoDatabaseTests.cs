using System.Globalization;
using System.Net;
using Authdog.Gateway.Access.Geo;
using Authdog.Gateway.Tests.Commands;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Tests.Access;

/// <summary>Country and network operator come from what is mounted; what is not known is unknown, and a file that is broken is no answer.</summary>
public sealed class GeoDatabaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _countries;
    private readonly string _systems;

    public GeoDatabaseTests()
    {
        (_countries, _systems) = (Path.Combine(_folder.Path, "country.mmdb"), Path.Combine(_folder.Path, "asn.mmdb"));
        File.WriteAllBytes(_countries, Countries("DE"));
        File.WriteAllBytes(_systems, Mmdb.Write("GeoLite2-ASN", ("203.0.113.0/24", new Dictionary<string, object> { ["autonomous_system_number"] = 64496u })));
    }

    [Theory]
    [InlineData("203.0.113.7", "DE", 64496L)]
    [InlineData("::ffff:203.0.113.7", "DE", 64496L)]
    [InlineData("198.51.100.1", "FR", null)]
    [InlineData("192.0.2.1", null, null)]
    [InlineData("2001:db8::1", null, null)]
    public void SaysWhatIsKnown_WhenAsked(string address, string? country, long? asn)
    {
        var databases = Open();
        databases.Country(IPAddress.Parse(address)).ShouldBe(country);
        databases.Asn(IPAddress.Parse(address)).ShouldBe(asn);
    }

    [Theory]
    [InlineData("203.0.113.7", "en", "Munich, Germany")]
    [InlineData("203.0.113.7", "de", "München, Deutschland")]
    [InlineData("203.0.113.7", "fr", "Munich, Allemagne")]
    [InlineData("198.51.100.1", "de", "Lyon, Frankreich")]
    [InlineData("192.0.2.1", "de", null)]
    public void TellsThePlace_InTheReadersLanguage(string address, string language, string? place)
    {
        var cities = Path.Combine(_folder.Path, "city.mmdb");
        File.WriteAllBytes(cities, Mmdb.Write(
            "GeoLite2-City",
            ("203.0.113.0/24", new Dictionary<string, object>
            {
                ["city"] = new Dictionary<string, object> { ["names"] = new Dictionary<string, object> { ["en"] = "Munich", ["de"] = "München" } },
                ["country"] = new Dictionary<string, object> { ["iso_code"] = "DE" },
            }),
            ("198.51.100.0/24", new Dictionary<string, object> { ["city"] = "Lyon", ["country_code"] = "FR" })));
        var databases = new GeoDatabases(Options.Create(new GeoOptions { CityFile = cities }), NullLogger<GeoDatabase>.Instance);

        databases.Place(IPAddress.Parse(address), CultureInfo.GetCultureInfo(language)).ShouldBe(place);

        // Policies need no database of countries beside it.
        databases.Country(IPAddress.Parse(address)).ShouldBe(place is null ? null : place.StartsWith('L') ? "FR" : "DE");
    }

    [Theory]
    [InlineData("203.0.113.7", "Deutschland")]
    [InlineData("198.51.100.1", "Frankreich")]
    [InlineData("192.0.2.1", null)]
    public void PlaceIsTheCountry_WhereNoCitiesAreMounted(string address, string? place) =>
        Open().Place(IPAddress.Parse(address), CultureInfo.GetCultureInfo("de")).ShouldBe(place);

    [Fact]
    public void NothingIsKnown_WhenNothingIsMounted()
    {
        var none = new GeoDatabases(Options.Create(new GeoOptions()), NullLogger<GeoDatabase>.Instance);
        none.Country(IPAddress.Loopback).ShouldBeNull();
        none.Asn(IPAddress.Loopback).ShouldBeNull();
        Open().Country(null).ShouldBeNull();
    }

    [Fact]
    public void ChangeIsInForce_WhenTheFileIsReplaced()
    {
        var databases = Open();
        File.WriteAllBytes(_countries + ".new", Countries("AT"));
        File.Move(_countries + ".new", _countries, overwrite: true);
        File.SetLastWriteTimeUtc(_countries, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        databases.All.First().Refresh();

        databases.Country(IPAddress.Parse("203.0.113.7")).ShouldBe("AT");
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is no database")]
    public void LastGoodOneStays_WhenTheFileIsBroken(string text)
    {
        var databases = Open();
        File.WriteAllText(_countries, text);
        databases.All.First().Refresh();
        databases.Country(IPAddress.Parse("203.0.113.7")).ShouldBe("DE");
        databases.All.First().Problem.ShouldNotBeNull().ShouldContain(_countries);

        File.WriteAllBytes(_countries, Countries("CH"));
        databases.All.First().Refresh();
        databases.Country(IPAddress.Parse("203.0.113.7")).ShouldBe("CH");
        databases.All.First().Problem.ShouldBeNull();
    }

    [Fact]
    [Trait("Threat", "B18")]
    public void AnswersOrSaysSo_WhenTheFileIsCutAnywhere()
    {
        var whole = Countries("DE");
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(_countries, whole[..length]);
            if (GeoDatabase.Open(_countries, out var problem) is null)
            {
                problem.ShouldNotBeNullOrEmpty();
                continue;
            }

            Open().Country(IPAddress.Parse("203.0.113.7")).ShouldBeOneOf("DE", null);
        }
    }

    [Fact]
    public void MistakeIsNamed_WhenTheFileIsMissing()
    {
        var result = new GeoOptions.Validator().Validate(null, new GeoOptions { CountryFile = _countries + "x", AsnFile = _systems });
        result.Failures.ShouldHaveSingleItem().ShouldStartWith("AG1211 Policies:Geo:CountryFile");
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Countries(string code) => Mmdb.Write(
        "GeoLite2-Country",
        ("203.0.113.0/24", new Dictionary<string, object> { ["country"] = new Dictionary<string, object> { ["iso_code"] = code } }),
        ("198.51.100.0/24", new Dictionary<string, object> { ["country_code"] = "fr" }));

    private GeoDatabases Open() => new(Options.Create(new GeoOptions { CountryFile = _countries, AsnFile = _systems }), NullLogger<GeoDatabase>.Instance);
}
