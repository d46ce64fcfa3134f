namespace Authdog.Console.Api;

/// <summary>What is wrong with a body, all of it, each with its JSON pointer (RFC 6901).</summary>
internal sealed class FieldErrors
{
    private readonly List<FieldError> _errors = [];

    public bool Any => _errors.Count > 0;

    public IReadOnlyList<FieldError> All => _errors;

    /// <param name="field">Name of a field, or a path of names and indices with slashes.</param>
    /// <param name="detail">What is wrong, and the cure.</param>
    public void Add(string field, string detail) => _errors.Add(new FieldError($"/{field}", detail));

    /// <summary>The answer that says it.</summary>
    public ApiAnswer Answer() => ApiProblem.Answer(422, "invalid-body", "The body has mistakes", "Correct what 'errors' lists.", _errors);
}
