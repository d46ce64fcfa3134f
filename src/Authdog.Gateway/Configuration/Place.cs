namespace Authdog.Gateway.Configuration;

/// <summary>Where a setting stands.</summary>
/// <param name="Source">File as the operator named it, <c>environment</c> or <c>command line</c>.</param>
/// <param name="Line">Line from 1; 0 where the source has none.</param>
/// <param name="Column">Column from 1, in characters; 0 where the source has none.</param>
internal sealed record Place(string Source, int Line = 0, int Column = 0)
{
    /// <summary>A variable of the process environment.</summary>
    public static Place Environment { get; } = new("environment");

    /// <summary>An argument of the process.</summary>
    public static Place CommandLine { get; } = new("command line");

    /// <inheritdoc/>
    public override string ToString() => Line == 0 ? Source : $"{Source}({Line},{Column})";
}
