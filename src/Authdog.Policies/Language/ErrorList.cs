using System.Collections.Immutable;

namespace Authdog.Policies.Language;

/// <summary>Collects all mistakes of one file, up to a bound that keeps a hostile file cheap.</summary>
internal sealed class ErrorList(string file)
{
    private const int Most = 100;
    private readonly List<PolicyError> errors = [];
    private bool cut;

    public string File => file;

    public bool IsEmpty => errors.Count == 0;

    public void Add(string code, Place place, string message, string? value, string cure)
    {
        if (errors.Count < Most)
        {
            errors.Add(new PolicyError(code, file, place.Line, place.Column, message, value, cure));
        }
        else if (!cut)
        {
            cut = true;
            errors.Add(new PolicyError(ErrorCodes.TooManyErrors, file, place.Line, place.Column, "There are more mistakes than are shown", null, "Mend these first"));
        }
    }

    /// <summary>All mistakes in the order of the file.</summary>
    public ImmutableArray<PolicyError> ToImmutable() =>
        [.. errors.OrderBy(error => error.Line).ThenBy(error => error.Column).ThenBy(error => error.Code, StringComparer.Ordinal)];
}
