namespace Authdog.Policies.Language;

/// <summary>What may stand behind a key: the one source of parser and schema.</summary>
internal abstract record ValueShape
{
    private ValueShape()
    {
    }

    /// <summary>One value. The pattern is for editors only; the parser's own check decides.</summary>
    public sealed record Single(string? Pattern = null, IReadOnlyList<string>? Words = null) : ValueShape;

    /// <summary>One value or a list of values, of which any hits.</summary>
    public sealed record Many(string? Pattern = null, IReadOnlyList<string>? Words = null) : ValueShape;

    /// <summary>A number.</summary>
    public sealed record Number : ValueShape;

    /// <summary>A mapping with these keys, or one of the words; a list of such mappings, of which any hits, when it may be repeated.</summary>
    public sealed record Keys(IReadOnlyList<KeyShape> All, bool MayRepeat, IReadOnlyList<string>? Words = null) : ValueShape
    {
        /// <summary>The names of the keys.</summary>
        public IReadOnlyList<string> Names { get; } = [.. All.Select(key => key.Name)];
    }

    /// <summary>A list of conditions.</summary>
    public sealed record Conditions : ValueShape;

    /// <summary>A condition, or a list of them.</summary>
    public sealed record ConditionOrMany : ValueShape;
}
