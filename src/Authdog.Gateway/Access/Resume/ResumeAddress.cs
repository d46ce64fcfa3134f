using Authdog.Identity.Pages;

namespace Authdog.Gateway.Access.Resume;

/// <summary>Addresses of the pages that stand between a sign-in and the request that needed it. Each tells the target too, for when the request is gone.</summary>
internal static class ResumeAddress
{
    public const string Path = PagePaths.Prefix + "/resume";

    // A login returns to nothing longer than 2048 characters.
    private const int MaxLength = 2048;

    /// <summary>Where a kept request is confirmed.</summary>
    public static string Of(string id, string target) => With($"{Path}/{id}", target);

    /// <summary>Where is said that it was not kept.</summary>
    public static string Lost(string target) => With(Path, target);

    private static string With(string path, string target) =>
        $"{path}?return={Uri.EscapeDataString(target)}" is { Length: <= MaxLength } address ? address : path;
}
