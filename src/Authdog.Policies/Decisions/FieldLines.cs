namespace Authdog.Policies.Decisions;

/// <summary>The field lines of one name (RFC 9110, section 5.2): none, one or several. Made without allocation from what a server already holds.</summary>
public readonly struct FieldLines
{
    private readonly string? only;
    private readonly string[]? several;

    /// <summary>One line.</summary>
    public FieldLines(string only) => this.only = only;

    /// <summary>Any number of lines. The array is kept and not copied.</summary>
    public FieldLines(string[] several) => this.several = several;

    /// <summary>Number of lines; 0 when the field is absent.</summary>
    public int Count => only is not null ? 1 : several?.Length ?? 0;

    /// <summary>A line by its place.</summary>
    public string this[int index] => several is not null ? several[index]
        : only is not null && index == 0 ? only
        : throw new ArgumentOutOfRangeException(nameof(index));
}
