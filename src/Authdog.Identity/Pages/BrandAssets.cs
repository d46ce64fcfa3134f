using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Authdog.Identity.Pages;

/// <summary>What a brand adds to the pages: the generated <c>brand.css</c> and the logo.</summary>
internal sealed class BrandAssets
{
    private readonly PageAssets.Asset _styles;
    private readonly PageAssets.Asset _logo;

    public BrandAssets(BrandOptions brand, PageAssets assets)
    {
        _styles = new PageAssets.Asset(Encoding.UTF8.GetBytes(BrandStyles(brand)), "text/css; charset=utf-8");
        _logo = brand.Logo is { } uri && LogoImage.Parse(uri) is { } image ? new PageAssets.Asset(image.Content, image.Type)
            : brand.LogoFile is { } file ? new PageAssets.Asset(File.ReadAllBytes(file), PageAssets.LogoType(file)!)
            : assets.Find("icon.svg")!;

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(assets.Hash);
        hash.AppendData(_styles.Content);
        hash.AppendData(_logo.Content);
        Version = Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 6));
    }

    /// <summary>Changes when anything does that a page is drawn with.</summary>
    public string Version { get; }

    /// <summary>The brand's own file of this name; null when it has none.</summary>
    public PageAssets.Asset? Find(string name) => name switch
    {
        "brand.css" => _styles,
        "logo" => _logo,
        _ => null,
    };

    private static string BrandStyles(BrandOptions brand)
    {
        var light = brand.Variables.Where(pair => !pair.Key.EndsWith(BrandVariables.DarkSuffix, StringComparison.Ordinal));
        var dark = brand.Variables.Where(pair => pair.Key.EndsWith(BrandVariables.DarkSuffix, StringComparison.Ordinal))
            .Select(pair => KeyValuePair.Create(pair.Key[..^BrandVariables.DarkSuffix.Length], pair.Value));
        return $$"""
            :root { --accent: {{brand.AccentColor}}; --on-accent: {{On(brand.AccentColor)}};{{Declarations(light)}} }
            @media (prefers-color-scheme: dark) { :root { --accent: {{brand.AccentColorDark}}; --on-accent: {{On(brand.AccentColorDark)}};{{Declarations(dark)}} } }

            """;
    }

    private static string Declarations(IEnumerable<KeyValuePair<string, string>> variables) =>
        string.Concat(variables.Select(pair => $" --{pair.Key}: {pair.Value};"));

    // WCAG 2.2, relative luminance: whichever of black and white contrasts more.
    private static string On(string colour)
    {
        var luminance = (0.2126 * Channel(colour, 1)) + (0.7152 * Channel(colour, 3)) + (0.0722 * Channel(colour, 5));
        return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? "#ffffff" : "#000000";
    }

    private static double Channel(string colour, int at)
    {
        var value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
