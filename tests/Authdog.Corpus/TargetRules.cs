using System.Globalization;

namespace Authdog.Corpus;

/// <summary>The rules that the targets are made by: every way that we know to write a dot, a slash and a word, combined around the protected path <c>/admin/secret</c>.</summary>
public static class TargetRules
{
    // Whether a sound proxy has no choice but to refuse is said beside each spelling.
    private static readonly (string Text, bool Refused)[] s_slashes =
    [
        ("/", false), ("%2f", true), ("%2F", true), ("\\", true), ("%5c", true), ("%5C", true), ("%252f", true), ("%255c", true), ("%c0%af", true), ("%e0%80%af", true),
        ("%f0%80%80%af", true), ("%c1%9c", true), ("%u002f", true), ("%uff0f", true), ("%ef%bc%8f", false), ("%e2%88%95", false), ("%e2%81%84", false), ("%ef%bc%bc", false), ("//", true), ("/./", true), ("/%2e/", true),
        ("/;/", false), ("/;x=1/", false), ("/.;/", true), ("/%00/", true), ("/%20/", false), ("///", true),
    ];

    private static readonly (string Text, bool Refused)[] s_dots =
    [
        ("..", true), ("%2e%2e", true), ("%2E%2E", true), (".%2e", true), ("%2e.", true), ("%252e%252e", true), ("%25252e%25252e", true), ("%c0%ae%c0%ae", true), ("%e0%80%ae%e0%80%ae", true),
        ("%u002e%u002e", true), ("%ef%bc%8e%ef%bc%8e", false), ("%e2%80%a4%e2%80%a4", false), ("%e2%80%a5", false), ("..;", true), ("..;x=1", true), ("%2e%2e;", true), ("%2e%2e%3b", true), ("..%00", true), ("..%20", false), ("..%09", true), ("...", false), ("....", false), ("..%ad", true),
        (".%00.", true), (".%c2%ad.", false),
    ];

    private static readonly (string Text, bool Refused)[] s_words =
    [
        ("admin", false), ("ADMIN", false), ("Admin", false), ("aDmIn", false), ("%61dmin", false), ("%61%64%6d%69%6e", false), ("%41DMIN", false), ("%2561dmin", true), ("%u0061dmin", true), ("%c1%a1dmin", true),
        ("%ef%bd%81dmin", false), ("%ef%bc%a1dmin", false), ("adm%c4%b1n", false), ("ADM%c4%b0N", false), ("ad%c2%admin", false), ("ad%e2%80%8bmin", false), ("%ef%bb%bfadmin", false), ("ad%00min", true),
        ("admin.", false), ("admin..", false), ("admin%2e", false), ("admin%20", false), ("%20admin", false), ("admin%09", true), ("%09admin", true), ("admin%0a", true), ("admin%0d", true), ("admin%00", true), ("admin%7f", true), ("admin%c2%85", true),
        ("admin;", false), ("admin;x", false), ("admin;x=1;y", false), ("admin%3b", false), ("admin%3bx=1", false), (";admin", false), ("admin%ef%bc%8e", false), ("admin%c2%a0", false), ("admin%e3%80%80", false), ("admin%ef%bc%9b", false),
        ("admin%20.", false), ("admin.%20", false), ("admin.;x", false), ("admin%23", false), ("admin%3f", false), ("admin#", true), ("admin%", true), ("admin%2", true), ("admin%zz", true),
    ];

    private static readonly string[] s_tails = ["/secret", "/", "", "/secret?x=1", "?/../../public", "/secret/..%3bx"];

    private static readonly string[] s_forms =
    [
        "http://{host}/admin/secret", "HTTP://{host}/admin/secret", "http://{host}//admin/secret", "http://{host}/x/../admin/secret", "http://{host}/%61dmin/secret", "http://{host}/ADMIN/secret", "http://{host}/admin;x/secret",
    ];

    private static readonly string[] s_refusedForms =
    [
        "http://{host}\\admin/secret", "http://user@{host}/admin/secret", "https://{host}/public", "http://{host}@other.example/admin/secret", "http://other.example/admin/secret", "http://{host}#/admin/secret", "ftp://{host}/admin/secret", "//{host}/admin/secret", "///admin/secret",
        "*", "admin/secret", "./admin/secret", "../admin/secret", "\\admin\\secret", "%2fadmin/secret", "?/admin/secret", "#/admin/secret", "/public#/../admin/secret", "/public?x#/admin", "{host}", "javascript:/admin/secret", "http:/admin/secret", "http:admin/secret", "/public /admin/secret", "/public\t/admin", "/\u00e9", "/\u0000admin", "/admin\u007f/secret", "/public/..\u00c0\u00af/admin",
        "/x/%2e%2e%2fadmin%2fsecret", "/public/%2e%2e/%2e%2e/admin/secret", "/a/b/../../admin/secret", "/a/..", "/.", "/..", "/./", "/admin/../public", "/admin/..;/public", "/admin/./secret",
    ];

    private static readonly string[] s_legitimate =
    [
        "/", "/public", "/public/", "/public/index.html", "/caf%C3%A9/%E2%82%AC", "/%E6%97%A5%E6%9C%AC%E8%AA%9E", "/a+b%20c", "/@scope:x,y=z", "/~user/!$&'()*", "/x|y^z[1]{2}", "/100%25", "/...x/..y/.z", "/wiki/Example_Inc.", "/wiki/What%3F", "/wiki/C%23", "/.well-known/acme-challenge/token",
        "/administration", "/administrator/x", "/x/admin-guide", "/adm", "/public?", "/public?x=%2f..%2f&y=//a/../b", "/public?x=;admin&y=\\", "/public?redirect=http://a.example/b?c=d", "/public?a[]=1&a[]=2&&", "/public?%zz%00", "/public?q=%C3%A9|\"<>`", "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p", "/%41%42%43", "/public?x=1?y=2",
        "/file-100%25.txt", "/a=b/c:d", "/%F0%9F%90%B6",
    ];

    /// <summary>All targets, each once.</summary>
    public static IReadOnlyList<CorpusTarget> All()
    {
        Dictionary<string, CorpusTarget> all = new(StringComparer.Ordinal);
        foreach (var (dot, dotRefused) in s_dots)
        {
            foreach (var (slash, slashRefused) in s_slashes)
            {
                // A harmless segment, up again by each spelling, and down into the protected area.
                Add(all, "traverse", $"/public/{dot}{slash}admin/secret", dotRefused || slashRefused);
                Add(all, "traverse-all", $"/public{slash}{dot}{slash}admin{slash}secret", dotRefused || slashRefused);
            }
        }

        foreach (var (before, beforeRefused) in s_slashes)
        {
            Add(all, "between", $"/public{before}admin/secret", beforeRefused);
            foreach (var (after, afterRefused) in s_slashes)
            {
                var lead = before[0] == '/' ? before : "/" + before;
                Add(all, "slash", $"{lead}admin{after}secret", beforeRefused || afterRefused);
            }
        }

        foreach (var (word, refused) in s_words)
        {
            foreach (var tail in s_tails)
            {
                Add(all, "word", $"/{word}{tail}", refused);
            }
        }

        Add(all, "form", s_forms, CorpusTarget.Guarded);
        Add(all, "form", s_refusedForms, CorpusTarget.Refused);
        Add(all, "legitimate", s_legitimate, CorpusTarget.AsIs);
        return [.. all.Values];
    }

    private static void Add(Dictionary<string, CorpusTarget> all, string rule, string target, bool refused) =>
        Add(all, rule, [target], refused ? CorpusTarget.Refused : CorpusTarget.Guarded);

    private static void Add(Dictionary<string, CorpusTarget> all, string rule, IEnumerable<string> targets, string expect)
    {
        foreach (var target in targets)
        {
            all.TryAdd(target, new CorpusTarget(string.Create(CultureInfo.InvariantCulture, $"{rule}-{all.Count + 1:0000}"), target, expect));
        }
    }
}
