using System.Xml.Linq;

namespace Authdog.Conventions.Tests;

/// <summary>Five projects, because five rules deserve the compiler.</summary>
public sealed class ProjectGraphTests
{
    private static readonly Dictionary<string, string[]> s_allowed = new(StringComparer.Ordinal)
    {
        ["Authdog.Protocols"] = [],
        ["Authdog.Policies"] = [],
        ["Authdog.Identity"] = ["Authdog.Protocols"],
        ["Authdog.Console"] = ["Authdog.Identity", "Authdog.Policies"],
        ["Authdog.Gateway"] = ["Authdog.Console", "Authdog.Identity", "Authdog.Policies"],
    };

    private static readonly Dictionary<string, string[]> s_forbiddenPackages = new(StringComparer.Ordinal)
    {
        ["Authdog.Protocols"] = ["Microsoft.AspNetCore", "Microsoft.Extensions.DependencyInjection", "StackExchange.Redis", "Microsoft.EntityFrameworkCore", "System.Net.Http"],
        ["Authdog.Policies"] = ["Microsoft.AspNetCore", "Yarp", "StackExchange.Redis", "Microsoft.EntityFrameworkCore", "Microsoft.Extensions"],
        ["Authdog.Identity"] = ["Yarp"],
        ["Authdog.Console"] = ["Yarp", "StackExchange.Redis", "Microsoft.EntityFrameworkCore"],
        ["Authdog.Gateway"] = [],
    };

    public static TheoryData<string> Projects => [.. Repository.SourceProjects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void ProjectDrawsOnlyAllowedArrows(string project)
    {
        var references = Items(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

        references.Except(s_allowed[project], StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void ProjectUsesNoForbiddenPackage(string project)
    {
        var packages = Items(project, "PackageReference").Concat(Items(project, "FrameworkReference"));

        packages.Where(package => s_forbiddenPackages[project].Any(forbidden => package.StartsWith(forbidden, StringComparison.Ordinal)))
            .ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void ProjectHasTestsOfItsOwn(string project) =>
        Directory.Exists(Path.Combine(Repository.Root, "tests", $"{project}.Tests")).ShouldBeTrue();

    private static IEnumerable<string> Items(string project, string kind) =>
        XDocument.Load(Path.Combine(Repository.Root, "src", project, $"{project}.csproj"))
            .Descendants(kind)
            .Select(item => (string)item.Attribute("Include")!);
}
