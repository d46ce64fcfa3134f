using Authdog.Policies.Catalog;

namespace Authdog.Policies.Testing;

/// <summary>Runs the <c>*.test.yaml</c> files that stand beside policies.</summary>
public static class PolicyTests
{
    /// <summary>Runs tests against a set of policies.</summary>
    /// <param name="policies">The policies under test.</param>
    /// <param name="paths">Test files, or folders whose <c>*.test.yaml</c> files are taken.</param>
    /// <param name="now">The time that tests take for now; ages count back from it.</param>
    public static PolicyTestReport Run(PolicySnapshot policies, IEnumerable<string> paths, DateTimeOffset now) =>
        throw new NotSupportedException($"{policies}{paths}{now}");
}
