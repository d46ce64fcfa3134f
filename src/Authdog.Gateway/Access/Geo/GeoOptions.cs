using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Access.Geo;

/// <summary>Section <c>Policies:Geo</c>: where policies learn the country and the network operator of a client's address, and people the place of their devices. Without a file all are unknown, and unknown never allows.</summary>
internal sealed class GeoOptions
{
    public const string Section = "Policies:Geo";

    /// <summary>Database of countries in MaxMind's format (<c>.mmdb</c>), such as GeoLite2-Country. Looked at again every few seconds.</summary>
    public string? CountryFile { get; set; }

    /// <summary>Database of cities in MaxMind's format (<c>.mmdb</c>), such as GeoLite2-City: shown to people beside their devices and in security notices. Without <see cref="CountryFile"/> it names the country for policies too.</summary>
    public string? CityFile { get; set; }

    /// <summary>Database of autonomous systems in MaxMind's format (<c>.mmdb</c>), such as GeoLite2-ASN. Looked at again every few seconds.</summary>
    public string? AsnFile { get; set; }

    internal sealed class Validator : IValidateOptions<GeoOptions>
    {
        public ValidateOptionsResult Validate(string? name, GeoOptions options)
        {
            List<string> errors = [];
            Check(errors, "AG1211", nameof(CountryFile), options.CountryFile);
            Check(errors, "AG1212", nameof(AsnFile), options.AsnFile);
            Check(errors, "AG1213", nameof(CityFile), options.CityFile);
            return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
        }

        private static void Check(List<string> errors, string code, string key, string? file)
        {
            if (file is not null && GeoDatabase.Open(file, out var problem) is null)
            {
                errors.Add($"{code} {Section}:{key} = '{file}' cannot be used: {problem} Mount a database in MaxMind's format (.mmdb), or leave the key out.");
            }
        }
    }
}
