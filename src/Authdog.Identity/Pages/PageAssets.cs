using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Pages;

/// <summary>Stylesheets, scripts and images of the pages, read once: embedded files, the generated <c>brand.css</c> and the operator's logo.</summary>
public sealed class PageAssets
{
    private static readonly (string Name, string Type)[] s_embedded =
    [
        ("page.css", "text/css; charset=utf-8"),
        ("page.js", "text/javascript; charset=utf-8"),
        ("passkeys.js", "text/javascript; charset=utf-8"),
        ("icon.svg", "image/svg+xml"),
        ("passkey-manager.svg", "image/svg+xml"),
        ("passkey-device.svg", "image/svg+xml"),
        ("passkey-key.svg", "image/svg+xml"),
    ];

    private readonly FrozenDictionary<string, Asset> _assets;

    /// <summary>Reads them.</summary>
    public PageAssets(IOptions<BrandOptions> brand)
    {
        var embedded = typeof(PageAssets).Assembly;
        Dictionary<string, Asset> assets = new(StringComparer.Ordinal);
        foreach (var (name, type) in s_embedded)
        {
            using var stream = embedded.GetManifestResourceStream("assets/" + name)!;
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            assets[name] = new Asset(copy.ToArray(), type);
        }

        assets["brand.css"] = new Asset(Encoding.UTF8.GetBytes(BrandStyles(brand.Value)), "text/css; charset=utf-8");
        assets["logo"] = brand.Value.LogoFile is { } file ? new Asset(File.ReadAllBytes(file), LogoType(file)!) : assets["icon.svg"];
        _assets = assets.ToFrozenDictionary(StringComparer.Ordinal);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var asset in assets.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.AppendData(asset.Value.Content);
        }

        Version = Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 6));
    }

    internal string Version { get; }

    internal Asset? Find(string name) => _assets.GetValueOrDefault(name);

    internal static string? LogoType(string file) => Path.GetExtension(file).ToUpperInvariant() switch
    {
        ".SVG" => "image/svg+xml",
        ".PNG" => "image/png",
        ".WEBP" => "image/webp",
        _ => null,
    };

    private static string BrandStyles(BrandOptions brand) =>
        $$"""
        :root { --accent: {{brand.AccentColor}}; --on-accent: {{On(brand.AccentColor)}}; }
        @media (prefers-color-scheme: dark) { :root { --accent: {{brand.AccentColorDark}}; --on-accent: {{On(brand.AccentColorDark)}}; } }

        """;

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

    internal sealed record Asset(byte[] Content, string Type);
}
