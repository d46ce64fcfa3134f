using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Sessions;

/// <summary>Browser and system as people call them, read from what the browser says of itself. For people to recognise their devices by; nothing is decided by it.</summary>
/// <param name="Browser">Such as <c>Firefox</c>; null when it is none of those known here.</param>
/// <param name="System">Such as <c>Windows</c>; null when it is none of those known here.</param>
public sealed record BrowserName(string? Browser, string? System)
{
    private const int MaxLength = 512;

    // Order matters: most browsers carry the names of those that they want to be taken for.
    private static readonly (string Mark, string Name)[] s_browsers =
    [
        ("Edg/", "Edge"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("OPR/", "Opera"), ("OPT/", "Opera"), ("Vivaldi/", "Vivaldi"), ("YaBrowser/", "Yandex"),
        ("SamsungBrowser/", "Samsung Internet"), ("DuckDuckGo/", "DuckDuckGo"), ("Ddg/", "DuckDuckGo"), ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"), ("CriOS/", "Chrome"), ("Chromium/", "Chromium"),
        ("HeadlessChrome/", "Chrome"), ("Chrome/", "Chrome"), ("Version/", "Safari"), ("curl/", "curl"),
    ];

    // Names in the brand list of client hints that say more than the User-Agent does.
    private static readonly string[] s_brands = ["Brave", "Vivaldi", "Opera", "Yandex", "DuckDuckGo"];

    private static readonly (string Mark, string Name)[] s_systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Macintosh", "macOS"), ("Linux", "Linux"),
    ];

    /// <summary>From a <c>User-Agent</c> alone.</summary>
    public static BrowserName Of(string? userAgent) => Of(userAgent, brands: null, platform: null);

    /// <summary>From a request: <c>User-Agent</c> and the client hints that browsers send unasked (<c>Sec-CH-UA</c>, <c>Sec-CH-UA-Platform</c>).</summary>
    public static BrowserName Of(HttpRequest request) =>
        Of(request.Headers.UserAgent.ToString(), request.Headers["Sec-CH-UA"].ToString(), request.Headers["Sec-CH-UA-Platform"].ToString());

    /// <summary>Both in one line, in the reader's language.</summary>
    public string ToText(PageTexts texts) => (Browser, System) switch
    {
        (null, null) => texts["Account.UnknownDevice"],
        (null, _) => System!,
        (_, null) => Browser!,
        _ => $"{Browser}, {System}",
    };

    internal static BrowserName Of(string? userAgent, string? brands, string? platform)
    {
        var agent = Cut(userAgent);
        var hints = Cut(brands);
        var browser = Array.Find(s_brands, brand => hints.Contains($"\"{brand}", StringComparison.OrdinalIgnoreCase)) ?? Find(s_browsers, agent);
        var system = Find(s_systems, agent);

        // A phone in "desktop mode" and ChromeOS tell the truth only here.
        return new BrowserName(browser, Cut(platform).Trim('"') switch { "Android" => "Android", "Chrome OS" or "ChromeOS" => "ChromeOS", _ => system });
    }

    private static string? Find((string Mark, string Name)[] names, string text) =>
        Array.Find(names, name => text.Contains(name.Mark, StringComparison.Ordinal)).Name;

    private static string Cut(string? text) => text is { Length: > MaxLength } ? text[..MaxLength] : text ?? string.Empty;
}
