using System.Text;

namespace Authdog.Corpus;

/// <summary>The app behind the proxy under test: reads paths and header names as leniently as any server does, and says what it would have served.</summary>
public static class LenientApp
{
    /// <summary>First line of each answer: how a runner knows that a request came through.</summary>
    public const string Banner = "lenient app";

    /// <summary>Says that the request was taken for one to the protected area.</summary>
    public const string Hit = "PROTECTED";

    /// <summary>Says that a claimed identity or address was believed.</summary>
    public const string Believed = "BELIEVED";

    private static readonly string[] s_believed = ["XAUTHDOG", "XFORWARDED", "XREALIP", "XHTTPMETHOD", "FORWARDED", "REMOTEUSER"];
    private static readonly string[] s_paths = ["XORIGINALUR", "XREWRITEUR", "XFORWARDEDUR"];

    /// <summary>Answers a request's head.</summary>
    public static string Answer(string head, string protectedPath)
    {
        var line = head[..head.IndexOf("\r\n", StringComparison.Ordinal)];
        var first = line.IndexOf(' ', StringComparison.Ordinal);
        var last = line.LastIndexOf(' ');
        var target = last > first ? line[(first + 1)..last] : "/";
        var hit = LenientReading.Hits(target, protectedPath);
        var believed = false;
        var headers = head[(line.Length + 2)..].Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        foreach (var header in headers)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                continue;
            }

            var name = Fold(header[..colon]);
            var value = header[(colon + 1)..].Trim();
            hit |= s_paths.Any(known => name.StartsWith(known, StringComparison.Ordinal)) && LenientReading.Hits(value, protectedPath);
            believed |= s_believed.Any(known => name.StartsWith(known, StringComparison.Ordinal)) && value.Contains(HeaderRules.Claim, StringComparison.Ordinal);
        }

        return $"{Banner}\n{(hit ? Hit : "public")}\n{(believed ? Believed : "nobody")}\n{target}\n{string.Join('\n', headers)}\n";
    }

    // As CGI, WSGI and PHP do, and those that drop what they do not like.
    private static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                folded.Append(char.ToUpperInvariant(c));
            }
        }

        return folded.ToString();
    }
}
