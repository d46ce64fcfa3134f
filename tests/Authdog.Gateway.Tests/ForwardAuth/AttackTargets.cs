namespace Authdog.Gateway.Tests.ForwardAuth;

/// <summary>Ways to write an address of the admin area that some server reads as one (B1, B2), and how a lenient server reads.</summary>
internal static class AttackTargets
{
    public static IReadOnlyList<string> All { get; } =
    [
        "/admin", "/admin/", "/admin/users", "/ADMIN", "/Admin/users", "/aDmIn/", "/admin?", "/admin?x=/public/", "/admin/?/public/", "/admin#", "/admin#/public/", "/admin/#?",
        "//admin", "///admin/", "/public//../admin", "/public//admin/..//../admin", "/./admin", "/admin/.", "/admin/./users", "/admin//", "//localhost/admin",
        "/public/../admin", "/public/../admin/users", "/public/./../admin", "/public/x/../../admin", "/members/../admin", "/.authdog/../admin", "/.well-known/authdog/../../admin",
        "/public/..;/admin", "/public/..;x=1/admin", "/public/.;/../admin", "/..;/admin", "/public/;/../admin", "/.;/admin", "/.authdog/..;/admin",
        "/public%2f..%2fadmin", "/public/..%2fadmin", "/public/%2e%2e/admin", "/public/%2e%2e%2fadmin", "/public/.%2e/admin", "/public/%2E./admin", "/%2e/admin", "/.authdog/%2e%2e/admin", "/.authdog%2f..%2fadmin",
        "/%2fadmin", "/%2Fadmin", "/admin%2f", "/admin%2Fusers", "/public%2f%2e%2e%2fadmin",
        "/%61dmin", "/%61%64%6d%69%6e/", "/adm%69n/users", "/%41dmin",
        "/public/%252e%252e/admin", "/public/%252e%252e%252fadmin", "/%2561dmin", "/public/..%252fadmin", "/%25252e%25252e/admin",
        "/public\\..\\admin", "/public/..\\admin", "\\admin", "/\\admin", "/public%5c..%5cadmin", "/public/..%5cadmin", "/%5cadmin", "/%255cadmin",
        "/public/%c0%ae%c0%ae/admin", "/public/..%c0%afadmin", "/%c1%a1dmin", "/public/%e0%80%ae%e0%80%ae/admin", "/%f0%80%80%afadmin", "/%ff/../admin",
        "/admin%00", "/admin%00.css", "/public/%00/../admin", "/admin%0a", "/%0aadmin", "/admin%09", "/admin%0d%0aX-Original-URI:%20/public/",
        "http://localhost/admin", "http://localhost/public/../admin", "http://evil.example/admin", "http:/admin", "https://localhost//admin", "http://localhost?/../admin",
        "/public?/../admin", "/public/?x=../admin", "/public/#/../../admin", "/public/%23/../../admin", "/public/%3f/../../admin", "*", "admin",
    ];

    /// <summary>Whether some server could serve the admin area for a target.</summary>
    public static bool MayBeAdmin(string target)
    {
        var path = target;
        var scheme = path.IndexOf("://", StringComparison.Ordinal);
        if (scheme is > 0 and < 6)
        {
            var slash = path.IndexOf('/', scheme + 3);
            path = slash < 0 ? "/" : path[slash..];
        }

        path = path.Split('?', '#')[0];
        for (var i = 0; i < 4; i++)
        {
            if (IsAdmin(Resolve(path, withParameters: false)) || IsAdmin(Resolve(path, withParameters: true)))
            {
                return true;
            }

            path = Uri.UnescapeDataString(path.Replace("%c0%ae", ".", StringComparison.OrdinalIgnoreCase).Replace("%c0%af", "/", StringComparison.OrdinalIgnoreCase));
        }

        return false;
    }

    private static bool IsAdmin(string path) => path.Equals("/admin", StringComparison.OrdinalIgnoreCase) || path.StartsWith("/admin/", StringComparison.OrdinalIgnoreCase);

    private static string Resolve(string path, bool withParameters)
    {
        List<string> segments = [];
        foreach (var raw in path.Replace('\\', '/').Split('/'))
        {
            var segment = (withParameters ? raw : raw.Split(';')[0]).TrimEnd('\0', '\n', '\t', ' ');
            switch (segment)
            {
                case "" or ".":
                    break;
                case "..":
                    segments.RemoveRange(Math.Max(0, segments.Count - 1), Math.Min(1, segments.Count));
                    break;
                default:
                    segments.Add(segment);
                    break;
            }
        }

        return "/" + string.Join('/', segments);
    }
}
