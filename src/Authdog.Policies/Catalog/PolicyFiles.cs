using System.Buffers;
using System.Collections.Immutable;
using Authdog.Policies.Language;

namespace Authdog.Policies.Catalog;

/// <summary>Which files of a folder matter.</summary>
/// <remarks>
/// Policies and <c>conditions.yaml</c> stand in the folder itself, networks in <c>networks/</c>. Names that begin with a dot are editors' and
/// mounts' own and are passed over. A <c>.yaml</c> elsewhere or a <c>.yml</c> is a mistake, and not silently no policy.
/// </remarks>
internal sealed record PolicyFiles(ImmutableArray<string> Policies, ImmutableArray<string> Tests, ImmutableArray<string> Networks, string? Conditions)
{
    /// <summary>What names of test files end with.</summary>
    public const string TestEnding = ".test.yaml";

    private const string PolicyEnding = ".yaml";
    private const int DeepestSearch = 2;

    /// <summary>Finds the files, in ordinal order.</summary>
    public static PolicyFiles Find(string path, ErrorList errors)
    {
        List<string> policies = [];
        List<string> tests = [];
        List<string> networks = [];
        string? conditions = null;
        try
        {
            if (!Directory.Exists(path))
            {
                errors.Add(ErrorCodes.CannotRead, default, "There is no such folder", path, "Create it, or set Policies:Path to the folder with the policies");
                return new PolicyFiles([], [], [], null);
            }

            foreach (var file in Files(path, "*"))
            {
                if (file.EndsWith(TestEnding, StringComparison.Ordinal))
                {
                    tests.Add(file);
                }
                else if (Path.GetFileName(file) == ConditionsReader.FileName)
                {
                    conditions = file;
                }
                else if (file.EndsWith(PolicyEnding, StringComparison.Ordinal))
                {
                    policies.Add(file);
                }
            }

            var networksFolder = Path.Combine(path, "networks");
            if (Directory.Exists(networksFolder))
            {
                networks.AddRange(Files(networksFolder, "*.txt"));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.Add(ErrorCodes.CannotRead, default, "The folder cannot be read", exception.Message, "Let the gateway's user read it");
        }

        return new PolicyFiles(Sorted(policies), Sorted(tests), Sorted(networks), conditions);
    }

    /// <summary>Reports policies that stand where nobody reads them.</summary>
    public static void ReportMisplaced(string path, ErrorList errors)
    {
        try
        {
            ReportMisplaced(path, 0, errors);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.Add(ErrorCodes.CannotRead, default, "The folder cannot be read", exception.Message, "Let the gateway's user read it");
        }
    }

    /// <summary>The bytes of a file, at most one more than <paramref name="largest"/>.</summary>
    public static byte[]? Read(string file, int largest, ErrorList errors)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            using var copy = new MemoryStream((int)Math.Clamp(stream.Length, 256, largest) + 1);
            var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
            int read;
            while (copy.Length <= largest && (read = stream.Read(buffer)) > 0)
            {
                copy.Write(buffer, 0, read);
            }

            ArrayPool<byte>.Shared.Return(buffer);
            return copy.ToArray();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.Add(ErrorCodes.CannotRead, default, "The file cannot be read", exception.Message, "Let the gateway's user read it");
            return null;
        }
    }

    private static void ReportMisplaced(string folder, int depth, ErrorList errors)
    {
        foreach (var file in Files(folder, "*").Order(StringComparer.Ordinal))
        {
            var ending = Path.GetExtension(file);
            if (ending.Equals(".yml", StringComparison.OrdinalIgnoreCase)
                || (ending.Equals(PolicyEnding, StringComparison.OrdinalIgnoreCase) && ending != PolicyEnding))
            {
                errors.Add(ErrorCodes.WrongPlace, default, "Policies end with .yaml", Path.GetRelativePath(errors.File, file), "Rename the file, or move it out of the folder");
            }
            else if (ending == PolicyEnding && depth > 0)
            {
                errors.Add(ErrorCodes.WrongPlace, default, "Policies stand in the folder itself", Path.GetRelativePath(errors.File, file), "Move the file up, or out of the folder");
            }
        }

        if (depth == DeepestSearch)
        {
            return;
        }

        // Not through links: they may lead in circles.
        foreach (var inner in Directory.EnumerateDirectories(folder).Where(IsVisible).Order(StringComparer.Ordinal))
        {
            if (new DirectoryInfo(inner).LinkTarget is null)
            {
                ReportMisplaced(inner, depth + 1, errors);
            }
        }
    }

    private static IEnumerable<string> Files(string folder, string pattern) => Directory.EnumerateFiles(folder, pattern).Where(IsVisible);

    private static bool IsVisible(string path) => !Path.GetFileName(path).StartsWith('.');

    private static ImmutableArray<string> Sorted(List<string> files) => [.. files.Order(StringComparer.Ordinal)];
}
