using System.Text;

namespace Authdog.Gateway.Tests.Corpus;

/// <summary>One request as bytes, put together and mutated at random. What it claims under a reserved name carries <see cref="Claim"/>.</summary>
internal sealed class RandomRequest
{
    public const string Claim = "mallory";
    private static readonly string[] s_methods = ["GET", "GET", "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "PROPFIND", "M-SEARCH", "get", "Post", "QUERY", "TRACE", "X!#$%&'*+.^_`|~"];

    private static readonly string[] s_parts =
    [
        "/", "/", "/", "a", "b", "admin", "Admin", "public", ".", "..", "...", "%2e", "%2E", "%2f", "%2F", "%5c", "\\", ";", "%3b", "x=1", "%25", "%", "%41", "%61", "%00", "%0a", "%c0%af", "%C3%A9", "%e2%82%ac", "%ef%bc%8f", "%ef%bc%8e", "%F0%9F%90%B6", "%20",
        "+", "~", "-", "_", ":", "@", "!", "$", "&", "'", "(", ")", "*", ",", "=", "|", "^", "`", "\"", "<", ">", "[", "]", "{", "}", "?", "?", "#", "//", "%3f", "%23", "\u00e9", "\t", "\u0001", "%7f", "%u002f", "%252e", "index.html", "%c2%ad", "%E3%80%82",
    ];

    private static readonly string[] s_reserved =
        ["X-Authdog-User", "X-Authdog-Email", "X-Authdog-Roles", "X-Authdog-Assertion", "Remote-User", "X-Forwarded-User", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override", "Proxy"];

    private static readonly string[] s_names = ["X-Mine", "Accept", "Accept-Language", "User-Agent", "Referer", "Origin", "If-None-Match", "Authorization", "Range", "X-Api-Key", "Cache-Control", "DNT", "Cookie", "Content-Language", "X-A", "x-a", "X-MINE", "odd_name", "odd.name", "Via", "Warning", "From", "Pragma"];
    private static readonly string[] s_values = ["a", "b, c", "\"q\"", "x=1; y=2", "W/\"1\"", "Mon, 01 Jan 2024 00:00:00 GMT", "\u00c3\u00bc", "\u00e9\u00ff", "a  b", "", "=", "a\tb", "*/*", "text/html;q=0.9,*/*;q=0.8", "Bearer x.y.z", "bytes=0-1", "(comment) x/1.0", "http://a.example/?b#c"];

    private RandomRequest(string method, string target, string text) => (Method, Target, Text) = (method, target, text);

    public string Method { get; }

    public string Target { get; }

    /// <summary>The whole request.</summary>
    public string Text { get; }

    public static RandomRequest Next(Random random, long number, string host)
    {
        var method = Pick(random, s_methods);
        var target = Mutate(random, TargetOf(random, host));
        var text = new StringBuilder().Append(method).Append(' ').Append(target).Append(" HTTP/1.1\r\nHost: ").Append(HostOf(random, host)).Append("\r\n");
        for (var i = random.Next(5); i > 0; i--)
        {
            AppendHeader(random, text);
        }

        var body = method is "POST" or "PUT" or "PATCH" ? "abc"[..random.Next(4)] : null;
        if (body is not null)
        {
            text.Append(random.Next(2) == 0 ? $"Content-Length: {body.Length}\r\n" : "Transfer-Encoding: chunked\r\n");
        }

        var chunked = body is not null && text.ToString().EndsWith("chunked\r\n", StringComparison.Ordinal);
        text.Append("X-Case: ").Append(number).Append("\r\n\r\n");
        text.Append(!chunked ? body : body!.Length == 0 ? Trailer(random) : $"{body.Length}\r\n{body}\r\n{Trailer(random)}");
        return new RandomRequest(method, target, text.ToString());
    }

    private static string Trailer(Random random) => random.Next(2) == 0 ? "0\r\n\r\n" : $"0\r\n{Respell(random, Pick(random, s_reserved))}: {Claim}\r\n\r\n";

    private static string TargetOf(Random random, string host)
    {
        var text = new StringBuilder(random.Next(20) == 0 ? $"http://{host}/" : "/");
        for (var i = random.Next(9); i > 0; i--)
        {
            text.Append(Pick(random, s_parts));
        }

        return text.ToString();
    }

    private static string Mutate(Random random, string target)
    {
        if (random.Next(4) != 0)
        {
            return target;
        }

        // Any byte but those that end the line or the word, at any place.
        var place = random.Next(target.Length + 1);
        var octet = (char)random.Next(1, 256);
        return octet is '\r' or '\n' or ' ' ? target : random.Next(2) == 0 ? target.Insert(place, octet.ToString()) : target[..place] + octet + (place < target.Length ? target[(place + 1)..] : string.Empty);
    }

    private static string HostOf(Random random, string host) => random.Next(12) switch
    {
        0 => host.ToUpperInvariant(),
        1 => host.Replace("localhost", "localhost.", StringComparison.Ordinal),
        2 => "app.example.com",
        3 => "XN--BCHER-KVA.example:80",
        _ => host,
    };

    private static void AppendHeader(Random random, StringBuilder text)
    {
        if (random.Next(3) == 0)
        {
            text.Append(Respell(random, Pick(random, s_reserved))).Append(": ").Append(Claim).Append("\r\n");
            return;
        }

        if (random.Next(30) == 0)
        {
            text.Append("Connection: keep-alive, ").Append(Pick(random, s_names.Concat(s_reserved).ToArray())).Append("\r\n");
            return;
        }

        text.Append(Pick(random, s_names)).Append(": ").Append(Pick(random, s_values)).Append("\r\n");
    }

    private static string Respell(Random random, string name)
    {
        var letters = name.ToCharArray();
        for (var i = 0; i < letters.Length; i++)
        {
            letters[i] = letters[i] == '-' && random.Next(3) == 0 ? "_.~|"[random.Next(4)] : random.Next(4) == 0 ? char.ToUpperInvariant(letters[i]) : random.Next(4) == 0 ? char.ToLowerInvariant(letters[i]) : letters[i];
        }

        return new string(letters);
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
