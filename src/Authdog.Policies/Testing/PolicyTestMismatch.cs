namespace Authdog.Policies.Testing;

/// <summary>One expectation that did not come true.</summary>
/// <param name="Line">Line of the expectation in the test file.</param>
/// <param name="What"><c>outcome</c>, <c>rule</c> or <c>reason</c>.</param>
/// <param name="Expected">The expected value.</param>
/// <param name="Actual">The value that came out.</param>
public sealed record PolicyTestMismatch(int Line, string What, string Expected, string Actual);
