using Authdog.Policies.Language;

namespace Authdog.Policies.Catalog;

/// <summary>The names of all policies of a folder: each once, and once more in shadow mode.</summary>
internal sealed class PolicyNames
{
    // Ignoring case: two names that a person cannot tell apart are one name too many.
    private readonly Dictionary<string, (string Name, string File, Place Place)> enforced = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (string Name, string File, Place Place)> shadows = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds the name of a file, and reports when it is there already.</summary>
    public void Add(YamlScalar name, bool isShadow, ErrorList errors)
    {
        var names = isShadow ? shadows : enforced;
        if (!names.TryAdd(name.Text, (name.Text, errors.File, name.Place)))
        {
            var first = names[name.Text];
            errors.Add(
                ErrorCodes.DuplicatePolicy, name.Place, isShadow ? "There are two policies of this name in shadow mode" : "There are two policies of this name", name.Text,
                $"Give each its own name; the other is {first.File}({first.Place.Line},{first.Place.Column})");
        }
    }

    /// <summary>Policies in shadow mode without one that is enforced: a route would have none.</summary>
    public IEnumerable<PolicyError> ShadowsAlone() => shadows.Values
        .Where(shadow => !enforced.TryGetValue(shadow.Name, out var other) || other.Name != shadow.Name)
        .Select(shadow => new PolicyError(
            ErrorCodes.ShadowAlone, shadow.File, shadow.Place.Line, shadow.Place.Column,
            "The policy is in shadow mode, and none of the same name is enforced", shadow.Name,
            "Write the enforced policy of this name into another file of the folder; to let everybody pass meanwhile, give it one rule with the effect optional"));
}
