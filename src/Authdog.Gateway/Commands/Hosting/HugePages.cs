namespace Authdog.Gateway.Commands.Hosting;

/// <summary>Whether Linux gives memory in pages of 2 MiB without being asked: Argon2id walks through 19 MiB, and with pages of 4 KiB it takes two to four times as long (<c>perf/attack --logins</c> says how long here).</summary>
/// <remarks>libsodium maps its memory itself and asks for nothing: only the kernel's setting decides. Linux, Documentation/admin-guide/mm/transhuge.rst.</remarks>
internal static class HugePages
{
    /// <summary>Where the kernel says so: <c>always [madvise] never</c>.</summary>
    public const string Setting = "/sys/kernel/mm/transparent_hugepage/enabled";

    /// <summary>Whether passwords are hashed slower than this machine could; false where nothing is known.</summary>
    public static bool AreMissing()
    {
        try
        {
            return File.Exists(Setting) && AreMissing(File.ReadAllText(Setting));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The same of the file's text.</summary>
    internal static bool AreMissing(string setting) => setting.Contains('[', StringComparison.Ordinal) && !setting.Contains("[always]", StringComparison.Ordinal);
}
