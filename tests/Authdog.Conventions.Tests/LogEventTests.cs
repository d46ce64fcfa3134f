using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Authdog.Conventions.Tests;

/// <summary>Operators search by event id: one id, one meaning, a hundred ids per folder.</summary>
public sealed class LogEventTests
{
    private static readonly (Type Type, MethodInfo Method, LoggerMessageAttribute Event)[] s_events =
        [.. from type in Assemblies.All.SelectMany(assembly => assembly.GetTypes())
            from method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            let attribute = method.GetCustomAttribute<LoggerMessageAttribute>()
            where attribute is not null
            select (type, method, attribute)];

    [Fact]
    public void EventIdsAreUnique() =>
        s_events.GroupBy(entry => entry.Event.EventId)
            .Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(entry => $"{entry.Type.FullName}.{entry.Method.Name}"))}")
            .ShouldBeEmpty();

    [Fact]
    public void FolderKeepsToItsHundred() =>
        s_events.GroupBy(entry => entry.Event.EventId / 100)
            .Select(block => (block.Key, Folders: block.Select(entry => TopFolder(entry.Type)).Distinct(StringComparer.Ordinal).ToArray()))
            .Where(block => block.Folders.Length > 1)
            .Select(block => $"{block.Key}xx: {string.Join(", ", block.Folders)}")
            .ShouldBeEmpty();

    [Fact]
    public void EventHasAName() =>
        s_events.Where(entry => string.IsNullOrEmpty(entry.Event.EventName))
            .Select(entry => $"{entry.Type.FullName}.{entry.Method.Name}")
            .ShouldBeEmpty();

    private static string TopFolder(Type type) => string.Join('.', type.Namespace!.Split('.').Take(3));
}
