using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Pages;

/// <summary>Stylesheets, scripts and images of the pages, read once, and with them what each tenant's brand adds.</summary>
public sealed class PageAssets
{
    private static readonly (string Name, string Type)[] s_embedded =
    [
        ("page.css", "text/css; charset=utf-8"),
        ("page.js", "text/javascript; charset=utf-8"),
        ("passkeys.js", "text/javascript; charset=utf-8"),
        ("challenge.js", "text/javascript; charset=utf-8"),
        ("challenge-worker.js", "text/javascript; charset=utf-8"),
        ("icon.svg", "image/svg+xml"),
        ("passkey-manager.svg", "image/svg+xml"),
        ("passkey-device.svg", "image/svg+xml"),
        ("passkey-key.svg", "image/svg+xml"),
    ];

    private readonly FrozenDictionary<string, Asset> _assets;
    private readonly RequestBrand _brand;
    private readonly ConditionalWeakTable<BrandOptions, BrandAssets> _branded = [];

    /// <summary>Reads them.</summary>
    public PageAssets(RequestBrand brand)
    {
        _brand = brand;
        var embedded = typeof(PageAssets).Assembly;
        Dictionary<string, Asset> assets = new(StringComparer.Ordinal);
        foreach (var (name, type) in s_embedded)
        {
            using var stream = embedded.GetManifestResourceStream("assets/" + name)!;
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            assets[name] = new Asset(copy.ToArray(), type);
        }

        _assets = assets.ToFrozenDictionary(StringComparer.Ordinal);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var asset in assets.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.AppendData(asset.Value.Content);
        }

        Hash = hash.GetHashAndReset();
    }

    /// <summary>SHA-256 of all of them.</summary>
    internal byte[] Hash { get; }

    internal Asset? Find(string name) => _assets.GetValueOrDefault(name);

    /// <summary>What the request's tenant adds, made once for each version of its brand.</summary>
    internal BrandAssets For(HttpContext context) => _branded.GetValue(_brand.For(context), brand => new BrandAssets(brand, this));

    /// <summary>An image file as <see cref="BrandOptions.Logo"/> takes it; null when it is of another type.</summary>
    public static string? LogoUri(string file, byte[] content) => LogoType(file) is { } type ? LogoImage.Uri(type, content) : null;

    internal static string? LogoType(string file) => Path.GetExtension(file).ToUpperInvariant() switch
    {
        ".SVG" => "image/svg+xml",
        ".PNG" => "image/png",
        ".WEBP" => "image/webp",
        _ => null,
    };

    internal sealed record Asset(byte[] Content, string Type);
}
