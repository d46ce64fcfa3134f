namespace Authdog.Gateway.Edge;

/// <summary>The paths that are the gateway's on every host. Judged on the decoded path and without regard to case, and by prefix: no look-alike reaches the app.</summary>
internal static class OwnPaths
{
    public const string Root = "/.authdog";
    public const string Assets = Root + "/assets/";
    public const string WellKnown = "/.well-known/authdog";

    public static bool Contains(string path) =>
        path.Length > 1 && path[1] == '.'
        && (path.StartsWith(Root, StringComparison.OrdinalIgnoreCase) || path.StartsWith(WellKnown, StringComparison.OrdinalIgnoreCase));
}
