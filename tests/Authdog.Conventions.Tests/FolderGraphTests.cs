namespace Authdog.Conventions.Tests;

/// <summary>Everything finer than a project is a folder, and the folders of a project form no cycle.</summary>
public sealed class FolderGraphTests
{
    public static TheoryData<string> Projects => [.. Repository.SourceProjects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void FoldersFormNoCycle(string project)
    {
        var cycle = FolderGraph.FindCycle(FolderGraph.Read(Repository.SourceFiles($"src/{project}")));

        (cycle is null ? "" : string.Join(" → ", cycle)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void NamespaceIsTheFolder(string project) =>
        Repository.SourceFiles($"src/{project}")
            .Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal) && Path.GetFileName(file.Path) is not ("Program.cs" or "AssemblyAttributes.cs"))
            .Where(file => !file.Text.Contains($"\nnamespace {Expected(file)};", StringComparison.Ordinal)
                && !file.Text.StartsWith($"namespace {Expected(file)};", StringComparison.Ordinal))
            .Select(file => file.Path)
            .ShouldBeEmpty();

    [Fact]
    public void FindsTheCycle_WhenFoldersUseEachOther()
    {
        SourceFile[] files =
        [
            new("src/Authdog.X/A/One.cs", "using Authdog.X.B;\n"),
            new("src/Authdog.X/B/Two.cs", "namespace Authdog.X.B;\nclass Two { object O() => C.Three.Make(); }\n"),
            new("src/Authdog.X/C/Three.cs", "// using Authdog.X.D is prose\nusing Authdog.X.A;\n"),
            new("src/Authdog.X/D/Four.cs", "using Authdog.X.A;\n"),
        ];

        FolderGraph.FindCycle(FolderGraph.Read(files)).ShouldBe(["A", "B", "C", "A"]);
    }

    private static string Expected(SourceFile file) =>
        file.Folder.Length == 0 ? file.Project : $"{file.Project}.{file.Folder.Replace('/', '.')}";
}
