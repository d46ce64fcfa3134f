using System.Globalization;

namespace Authdog.Corpus;

/// <summary>The rules that the header sets are made by: names that only a gateway may set, in every spelling that some app folds to the same.</summary>
public static class HeaderRules
{
    /// <summary>What an attacker claims. An app that believes it is had.</summary>
    public const string Claim = "mallory";

    private static readonly string[] s_names =
    [
        "X-Authdog-User", "X-Authdog-Email", "X-Authdog-Name", "X-Authdog-Tenant", "X-Authdog-Roles", "X-Authdog-Assertion", "X-Forwarded-User", "X-Forwarded-Email", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix",
        "X-Real-IP", "X-HTTP-Method-Override", "Forwarded",
    ];

    private static readonly Func<string, string>[] s_spellings =
    [
        name => name, name => name.ToLowerInvariant(), name => name.ToUpperInvariant(), name => name.Replace('-', '_'), name => name.Replace('-', '.'), name => name.Replace('-', '~'), name => name.Replace("-", string.Empty, StringComparison.Ordinal),
        name => name.Replace("-", "--", StringComparison.Ordinal), name => name[..^1].Replace('-', '_') + name[^1..], name => name + "_", name => "_" + name, name => ReplaceFirst(name, '_'), name => name.Replace("-", "-_", StringComparison.Ordinal), name => name.Replace('-', '|'),
    ];

    private static readonly string[][] s_rewrites =
    [
        ["X-Original-URL: /admin/secret"], ["X-Rewrite-URL: /admin/secret"], ["X_Original_URL: /admin/secret"], ["x-original-uri: /admin/secret"], ["X-Forwarded-Uri: /admin/secret"], ["X.Rewrite.Url: /admin/secret"], ["X-Original-Url: /public", "X-Original-URL: /admin/secret"],
    ];

    private static readonly string[][] s_connection =
    [
        ["Connection: X-Authdog-User", "X-Authdog-User: mallory"], ["Connection: close, X-Forwarded-User", "X_Forwarded_User: mallory"], ["Connection: X-Forwarded-For", "X-Forwarded-For: mallory"],
    ];

    private static readonly string[][] s_refused =
    [
        ["Connection: Cookie", "Cookie: a=b"], ["Connection: Host"], ["Connection: Authorization"], ["Connection: Content-Length"], ["Host: {host}"], ["Host: other.example"], ["Content_Length: 3"], ["Transfer_Encoding: chunked"], ["content.type: text/html"],
        ["X Mine: a"], ["X-Mine : a"], [": a"], ["X-Mine"], [" X-Mine: a"], ["X-M\u00edne: a"], ["X-Mine: a\u0000b"], ["odd_name: a"], ["odd.name: a"], ["odd~name: a"],
    ];

    private static readonly string[][] s_kept =
    [
        ["X-Mine: a"], ["X-Mine: a", "X-Mine: b"], ["Accept-Language: de, en;q=0.5"], ["X-Mine: \u00c3\u00bc"], ["X-User: somebody"], ["X-Requested-With: XMLHttpRequest"], ["Authorization: Bearer abc"], ["Cookie: a=b; c=d"], ["X-Api-Key: 1"], ["DNT: 1"], ["X-Mine:"],
    ];

    /// <summary>All header sets.</summary>
    public static IReadOnlyList<CorpusHeaders> All()
    {
        List<CorpusHeaders> all = [];
        foreach (var name in s_names)
        {
            foreach (var line in s_spellings.Select(spell => $"{spell(name)}: {Claim}").Distinct(StringComparer.Ordinal))
            {
                Add("alias", [line], CorpusHeaders.Stripped);
            }

            Add("twice", [$"{name}: somebody", $"{name.ToLowerInvariant()}: {Claim}", $"{name.Replace('-', '_')}: {Claim}"], CorpusHeaders.Stripped);
        }

        foreach (var lines in s_rewrites)
        {
            Add("rewrite", lines, CorpusHeaders.Stripped);
        }

        foreach (var lines in s_connection)
        {
            Add("connection", lines, CorpusHeaders.Stripped);
        }

        foreach (var lines in s_refused)
        {
            Add("refused", lines, CorpusHeaders.Refused);
        }

        foreach (var lines in s_kept)
        {
            Add("legitimate", lines, CorpusHeaders.Kept);
        }

        return all;

        void Add(string rule, IReadOnlyList<string> lines, string expect) =>
            all.Add(new CorpusHeaders(string.Create(CultureInfo.InvariantCulture, $"{rule}-{all.Count + 1:000}"), lines, expect));
    }

    private static string ReplaceFirst(string name, char with)
    {
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        return dash < 0 ? name : string.Concat(name.AsSpan(0, dash), [with], name.AsSpan(dash + 1));
    }
}
