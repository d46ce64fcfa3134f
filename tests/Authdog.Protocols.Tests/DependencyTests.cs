using System.Reflection;

namespace Authdog.Protocols.Tests;

/// <summary>The verifiers see bytes and a time, nothing else: no web framework, container, store, network or clock to be confused by.</summary>
public sealed class DependencyTests
{
    [Fact]
    public void ReferencesOnlyWhatCannotReachOut() =>
        Assembly.Load("Authdog.Protocols").GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => name.StartsWith("Microsoft.", StringComparison.Ordinal)
                || name.StartsWith("StackExchange.", StringComparison.Ordinal)
                || name.StartsWith("System.Net", StringComparison.Ordinal))
            .ShouldBeEmpty();
}
