namespace Authdog.Gateway.Tests.Edge.BotProtection;

/// <summary>What real browsers and tools send to a page of an origin that they trust, field by field and in their order.</summary>
internal static class Browsers
{
    public const string ChromeAgent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

    private static readonly string[] s_chromeHints = ["sec-ch-ua: \"Chromium\";v=\"142\", \"Google Chrome\";v=\"142\", \"Not_A Brand\";v=\"99\"", "sec-ch-ua-mobile: ?0", "sec-ch-ua-platform: \"Linux\""];

    public static readonly string[] Chrome =
    [
        .. s_chromeHints, "Upgrade-Insecure-Requests: 1", $"User-Agent: {ChromeAgent}",
        "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7",
        "Sec-Fetch-Site: none", "Sec-Fetch-Mode: navigate", "Sec-Fetch-User: ?1", "Sec-Fetch-Dest: document", "Accept-Encoding: gzip, deflate, br, zstd", "Accept-Language: en-GB,en;q=0.9",
    ];

    public static readonly string[] ChromeFetch =
    [
        "sec-ch-ua-platform: \"Linux\"", $"User-Agent: {ChromeAgent}", s_chromeHints[0], "sec-ch-ua-mobile: ?0", "Accept: */*", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: cors",
        "Sec-Fetch-Dest: empty", "Referer: http://localhost/", "Accept-Encoding: gzip, deflate, br, zstd", "Accept-Language: en-GB,en;q=0.9",
    ];

    public static readonly string[] ChromeHeadless = [.. Chrome.Select(line => line
        .Replace("Chrome/142.0.0.0", "HeadlessChrome/142.0.0.0", StringComparison.Ordinal)
        .Replace("\"Google Chrome\"", "\"HeadlessChrome\"", StringComparison.Ordinal))];

    public static readonly string[] ChromeAndroid = [.. Chrome.Select(line => line
        .Replace("(X11; Linux x86_64)", "(Linux; Android 10; K)", StringComparison.Ordinal)
        .Replace("Chrome/142.0.0.0 Safari", "Chrome/142.0.0.0 Mobile Safari", StringComparison.Ordinal)
        .Replace("mobile: ?0", "mobile: ?1", StringComparison.Ordinal)
        .Replace("\"Linux\"", "\"Android\"", StringComparison.Ordinal))];

    public static readonly string[] Edge = [.. Chrome.Select(line => line
        .Replace("(X11; Linux x86_64)", "(Windows NT 10.0; Win64; x64)", StringComparison.Ordinal)
        .Replace("Safari/537.36", "Safari/537.36 Edg/142.0.0.0", StringComparison.Ordinal)
        .Replace("\"Google Chrome\"", "\"Microsoft Edge\"", StringComparison.Ordinal)
        .Replace("\"Linux\"", "\"Windows\"", StringComparison.Ordinal))];

    public static readonly string[] Firefox =
    [
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "Accept-Language: de,en-US;q=0.7,en;q=0.3",
        "Accept-Encoding: gzip, deflate, br, zstd", "Upgrade-Insecure-Requests: 1", "Sec-Fetch-Dest: document", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Site: none", "Sec-Fetch-User: ?1", "Priority: u=0, i",
    ];

    public static readonly string[] Safari =
    [
        "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "Sec-Fetch-Site: none", "Accept-Encoding: gzip, deflate, br", "Sec-Fetch-Mode: navigate",
        "User-Agent: Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15", "Accept-Language: en-GB,en;q=0.9", "Sec-Fetch-Dest: document", "Priority: u=0, i",
    ];

    public static readonly string[] SafariPhone = [.. Safari.Select(line => line.StartsWith("User-Agent", StringComparison.Ordinal)
        ? "User-Agent: Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
        : line)];

    public static readonly string[] ChromePhoneOfApple = [.. Safari.Select(line => line.StartsWith("User-Agent", StringComparison.Ordinal)
        ? "User-Agent: Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0.7444.46 Mobile/15E148 Safari/604.1"
        : line)];

    // An old tablet: no Sec-Fetch-*, no hints, and no crime.
    public static readonly string[] OldSafari =
    [
        "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "User-Agent: Mozilla/5.0 (iPad; CPU OS 12_5_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1.2 Mobile/15E148 Safari/604.1",
        "Accept-Language: en-us", "Accept-Encoding: gzip, deflate, br",
    ];

    public static readonly string[] ChromeWebSocket =
    [
        "Upgrade: websocket", "Origin: http://localhost", "Cache-Control: no-cache", "Accept-Language: en-GB,en;q=0.9", "Pragma: no-cache", $"User-Agent: {ChromeAgent}", "Accept-Encoding: gzip, deflate, br, zstd",
    ];

    public static readonly string[] Curl = ["User-Agent: curl/8.14.1", "Accept: */*"];

    public static readonly string[] PythonRequests = ["User-Agent: python-requests/2.32.3", "Accept-Encoding: gzip, deflate", "Accept: */*"];

    public static readonly string[] Googlebot =
    [
        "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "User-Agent: Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "Accept-Encoding: gzip, deflate, br", "From: googlebot(at)googlebot.com",
    ];

    // A list copied from a browser's window, by somebody who forgot the rest.
    public static readonly string[] PretendedChrome = [$"User-Agent: {ChromeAgent}", "Accept: */*"];

    // The same with everything that a browser sends, sorted.
    public static readonly string[] SortedChrome = [.. Chrome.OrderBy(line => line, StringComparer.OrdinalIgnoreCase)];

    // The agent of one browser over the connection of another.
    public static readonly string[] FirefoxThatIsChrome = [.. Chrome.Select(line => line.StartsWith("User-Agent", StringComparison.Ordinal) ? Firefox[0] : line)];

    public static readonly string[] OutdatedAgent = [.. Chrome.Select(line => line.Replace("Chrome/142.0.0.0", "Chrome/120.0.0.0", StringComparison.Ordinal))];
}
