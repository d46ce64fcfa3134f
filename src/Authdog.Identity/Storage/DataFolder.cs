namespace Authdog.Identity.Storage;

/// <summary>The folder in which the gateway keeps its files (<c>Gateway:DataPath</c>), for its own OS user alone.</summary>
/// <param name="Path">Absolute path.</param>
public sealed record DataFolder(string Path)
{
    internal const UnixFileMode OwnerOnlyFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    internal const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the folder, and those above it that are absent (mode 0700).</summary>
    /// <exception cref="OperatorMistakeException">AG3001: it can neither be used nor made.</exception>
    public void Ensure() => Ensure(Path);

    internal static void Ensure(string path)
    {
        try
        {
            Make(path);

            // Reading the folder tells now, and by name, what SQLite would call "unable to open database file".
            _ = Directory.EnumerateFileSystemEntries(path).Any();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperatorMistakeException("AG3001", path, $"the folder cannot be used: {e.Message}", "Let the gateway's OS user own it, or name another in Gateway:DataPath.", e);
        }
    }

    // The framework gives the mode to the last folder alone: those above it would be open to everybody.
    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows() || Directory.Exists(path))
        {
            Directory.CreateDirectory(path);
            return;
        }

        if (System.IO.Path.GetDirectoryName(System.IO.Path.TrimEndingDirectorySeparator(path)) is { Length: > 0 } above)
        {
            Make(above);
        }

        Directory.CreateDirectory(path, OwnerOnlyFolder);
    }

    /// <summary>Options for making a file that only this OS user can read, failing if it exists.</summary>
    internal static FileStreamOptions NewPrivateFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnlyFile;
        }

        return options;
    }
}
