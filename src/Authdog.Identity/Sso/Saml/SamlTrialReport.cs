namespace Authdog.Identity.Sso.Saml;

/// <summary>What a tried sign-in gave.</summary>
internal sealed record SamlTrialReport
{
    /// <summary>Which connection.</summary>
    public required Guid Connection { get; init; }

    /// <summary>Searchable code of what went wrong, as a number; null when nothing did.</summary>
    public int? Code { get; init; }

    /// <summary>The same in a sentence for administrators.</summary>
    public string? Problem { get; init; }

    /// <summary>Everything that was said about the person: name, values, and the text that says what it becomes; null when it is not used.</summary>
    public IReadOnlyList<SamlTrialRow> Rows { get; init; } = [];

    /// <summary>Whether something names the person for good.</summary>
    public bool HasSubject { get; init; }

    /// <summary>E-mail address; null when none was sent.</summary>
    public string? Email { get; init; }
}
