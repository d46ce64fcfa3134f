using System.Text.RegularExpressions;

namespace Authdog.Conventions.Tests;

/// <summary>What a reader meets in the files themselves.</summary>
public sealed partial class SourceTextTests
{
    private const int MaxLines = 250;

    /// <summary>Files that stay whole although they are long, each with its reason.</summary>
    private static readonly Dictionary<string, string> s_long = new(StringComparer.Ordinal)
    {
    };

    [Fact]
    public void FileIsShort() =>
        Repository.SourceFiles("src")
            .Where(file => file.Lines > MaxLines && !s_long.ContainsKey(file.Path))
            .Select(file => $"{file.Path}: {file.Lines} lines")
            .ShouldBeEmpty();

    [Fact]
    public void ExceptionFromFileLengthIsStillNeeded() =>
        s_long.Keys.Except(Repository.SourceFiles("src").Where(file => file.Lines > MaxLines).Select(file => file.Path)).ShouldBeEmpty();

    [Fact]
    public void FileIsNamedAfterItsOneType() =>
        Repository.SourceFiles("src")
            .Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal))
            .Select(file => (file, Types: TopLevelTypes().Matches(file.Code).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal).ToArray()))
            .Where(pair => pair.Types.Length > 1 || (pair.Types.Length == 1 && Path.GetFileName(pair.file.Path).Split('.')[0] != pair.Types[0]))
            .Select(pair => $"{pair.file.Path}: {string.Join(", ", pair.Types)}")
            .ShouldBeEmpty();

    [Fact]
    public void NothingIsLeftToDo() =>
        new[] { "src", "tests", "perf" }.SelectMany(Repository.SourceFiles)
            .Where(file => !file.Path.EndsWith(nameof(SourceTextTests) + ".cs", StringComparison.Ordinal))
            .Where(file => Marks().IsMatch(file.Text))
            .Select(file => file.Path)
            .ShouldBeEmpty();

    [Fact]
    public void SuppressionHasItsReasonOnTheLine() =>
        new[] { "src", "tests", "perf" }.SelectMany(Repository.SourceFiles)
            .SelectMany(file => file.Text.Split('\n').Select((line, index) => (file, line, number: index + 1)))
            .Where(entry => entry.line.TrimStart().StartsWith("#pragma warning disable", StringComparison.Ordinal) && !entry.line.Contains("//", StringComparison.Ordinal))
            .Select(entry => $"{entry.file.Path}({entry.number})")
            .ShouldBeEmpty();

    [GeneratedRegex(@"^(?:\[[^\]]*\]\s*)?(?:(?:public|internal|file|sealed|static|abstract|readonly|partial|ref)\s+)*(?:class|record struct|record class|record|struct|interface|enum)\s+(\w+)", RegexOptions.Multiline)]
    private static partial Regex TopLevelTypes();

    [GeneratedRegex(@"\bTODO\b|\bFIXME\b|\bHACK\b|NotImplementedException|^\s*#region", RegexOptions.Multiline)]
    private static partial Regex Marks();
}
