using Authdog.Policies.Decisions;

namespace Authdog.Policies.Testing;

/// <summary>One test as its file has it.</summary>
internal sealed record PolicyTest(
    string File,
    int Line,
    string Policy,
    string Name,
    AccessRequest Request,
    Expectation Expected);
