using System.Reflection;
using System.Runtime.CompilerServices;

namespace Authdog.Conventions.Tests;

/// <summary>The product's assemblies, and the types in them that people wrote.</summary>
internal static class Assemblies
{
    public static IReadOnlyList<Assembly> All { get; } = [.. Repository.SourceProjects.Select(Assembly.Load)];

    public static IEnumerable<Type> Types { get; } =
        [.. All.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Namespace?.StartsWith("Authdog.", StringComparison.Ordinal) == true
                && !type.Namespace.Contains(".Migrations", StringComparison.Ordinal)
                && !type.Name.Contains('<', StringComparison.Ordinal)
                && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null)];
}
