namespace Authdog.Policies.Testing;

/// <summary>A part of a policy that no test exercises.</summary>
/// <param name="File">File of the policy.</param>
/// <param name="Line">Line in it; of a criterion in a named condition, the line in <c>conditions.yaml</c>.</param>
/// <param name="What">What it is, and what never came of it.</param>
public sealed record CoverageGap(string File, int Line, string What)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}({Line}): {What}";
}
