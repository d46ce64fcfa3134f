namespace Authdog.Identity.Sso;

/// <summary>What a sign-in gave that was only tried.</summary>
internal sealed record TrialReport
{
    /// <summary>Which connection.</summary>
    public required Guid Connection { get; init; }

    /// <summary>Key of the text that says what went wrong; null when nothing did.</summary>
    public string? Why { get; init; }

    /// <summary>The same in a sentence for administrators.</summary>
    public string? Problem { get; init; }

    /// <summary>Everything that was said about the person: name, values, and the text that says what it becomes; null when it is not used.</summary>
    public IReadOnlyList<TrialRow> Rows { get; init; } = [];

    /// <summary>Whether something names the person for good.</summary>
    public bool HasSubject { get; init; }

    /// <summary>E-mail address; null when none was sent.</summary>
    public string? Email { get; init; }
}
