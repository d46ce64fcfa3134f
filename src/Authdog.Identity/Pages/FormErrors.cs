namespace Authdog.Identity.Pages;

/// <summary>What is wrong with a posted form, by field, in the order of the fields; the field <see cref="Form"/> stands for the form as a whole.</summary>
public sealed class FormErrors
{
    /// <summary>An error that belongs to no single field.</summary>
    public const string Form = "";

    private readonly List<KeyValuePair<string, string>> _errors = [];

    /// <summary>A form without errors.</summary>
    public static FormErrors None { get; } = new();

    /// <summary>Whether there is any.</summary>
    public bool Any => _errors.Count > 0;

    /// <summary>All of them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> All => _errors;

    /// <summary>The first error of a field.</summary>
    public string? this[string field] => _errors.Find(error => error.Key == field).Value;

    /// <summary>One error.</summary>
    public static FormErrors Of(string field, string text)
    {
        var errors = new FormErrors();
        errors.Add(field, text);
        return errors;
    }

    /// <summary>Adds one.</summary>
    public void Add(string field, string text) => _errors.Add(new(field, text));
}
