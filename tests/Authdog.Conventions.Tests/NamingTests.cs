namespace Authdog.Conventions.Tests;

/// <summary>A name says what a thing is; these endings never do.</summary>
public sealed class NamingTests
{
    private static readonly string[] s_banned = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Common", "Base", "Impl", "Info", "Data", "Dto", "Service"];

    [Fact]
    public void TypeHasAName() =>
        Assemblies.Types
            .Where(type => s_banned.Any(ending => type.Name.Split('`')[0].EndsWith(ending, StringComparison.Ordinal)))
            .Select(type => type.FullName)
            .ShouldBeEmpty();

    [Fact]
    public void FolderHasAName() =>
        Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src"), "*", SearchOption.AllDirectories)
            .Select(folder => Path.GetRelativePath(Repository.Root, folder))
            .Where(folder => !folder.Split('/').Any(part => part is "bin" or "obj"))
            .Where(folder => s_banned.Contains(Path.GetFileName(folder), StringComparer.Ordinal))
            .ShouldBeEmpty();

    [Fact]
    public void ClassIsSealed() =>
        Assemblies.Types
            .Where(type => type is { IsClass: true, IsAbstract: false, IsSealed: false })
            .Where(type => !Assemblies.Types.Any(other => other.BaseType == type || (other.BaseType is { IsGenericType: true } parent && parent.GetGenericTypeDefinition() == type)))
            .Where(type => !typeof(Microsoft.AspNetCore.Components.IComponent).IsAssignableFrom(type))
            .Select(type => type.FullName)
            .ShouldBeEmpty();
}
