using Authdog.Policies.Criteria;

namespace Authdog.Policies.Language;

/// <summary>One word of the language: how it is read, described to editors and shown in the manual.</summary>
/// <param name="Name">The key.</param>
/// <param name="Shape">What stands behind it.</param>
/// <param name="IsPersonal">Whether it is about who asks.</param>
/// <param name="Description">For editors and the manual.</param>
/// <param name="Example">An example value in YAML flow style.</param>
/// <param name="Read">Makes the criterion; <see langword="null"/> when something is wrong, which has then been reported.</param>
internal sealed record CriterionKeyword(
    string Name,
    ValueShape Shape,
    bool IsPersonal,
    string Description,
    string Example,
    Func<YamlNode, RuleContext, Criterion?> Read)
{
    /// <summary>A keyword with one value or a list of values, each checked by itself.</summary>
    public static CriterionKeyword OfValues(
        string name,
        bool isPersonal,
        string description,
        string example,
        ValueShape.Many shape,
        Func<YamlScalar, ErrorList, bool> isValid,
        Func<string[], RuleContext, Criterion> make) =>
        new(name, shape, isPersonal, description, example, (node, context) =>
            Expect.Values(node, name, context.Errors) is { } scalars && scalars.Count(scalar => isValid(scalar, context.Errors)) == scalars.Count
                ? make([.. scalars.Select(scalar => scalar.Text)], context)
                : null);

    /// <summary>A keyword with one duration.</summary>
    public static CriterionKeyword OfDuration(string name, string description, string example, Func<TimeSpan, Criterion> make) =>
        new(name, Shapes.Duration, IsPersonal: true, description, example, (node, context) =>
            DurationReader.Read(node, name, context.Errors) is { } duration ? make(duration) : null);

    /// <summary>A keyword with a mapping of keys, or a list of such mappings, of which any hits.</summary>
    public static CriterionKeyword OfKeys(
        string name,
        bool isPersonal,
        string description,
        string example,
        ValueShape.Keys shape,
        Func<YamlMap, RuleContext, Criterion?> read,
        Func<string, Criterion>? ofWord = null) =>
        new(name, shape, isPersonal, description, example, (node, context) => KeysReader.Read(name, shape, node, context, read, ofWord));
}
