using Authdog.Policies.Criteria;

namespace Authdog.Policies.Language;

/// <summary>Reads a criterion that is a mapping of keys.</summary>
internal static class KeysReader
{
    public static Criterion? Read(
        string name,
        ValueShape.Keys shape,
        YamlNode node,
        RuleContext context,
        Func<YamlMap, RuleContext, Criterion?> read,
        Func<string, Criterion>? ofWord)
    {
        if (node is YamlList && shape.MayRepeat)
        {
            return Expect.List(node, name, context.Errors) is { } list
                ? CriterionReader.Combine([.. list.Items.Select(item => Read(name, shape with { MayRepeat = false }, item, context, read, ofWord))], parts => new AnyCriterion(parts))
                : null;
        }

        if (node is YamlScalar { IsAbsent: false } scalar && shape.Words is { } words && ofWord is not null)
        {
            return Expect.Word(scalar, name, words, context.Errors) ? ofWord(scalar.Text) : null;
        }

        if (Map(name, shape, node, context.Errors) is not { } map)
        {
            return null;
        }

        var criterion = read(map, context);
        criterion?.Line = node.Place.Line;
        return criterion;
    }

    /// <summary>The mapping, once its keys are known ones and those that must be there are.</summary>
    public static YamlMap? Map(string name, ValueShape.Keys shape, YamlNode node, ErrorList errors)
    {
        if (Expect.Map(node, name, shape.Names, errors) is not { } map)
        {
            return null;
        }

        if (map.Entries.Count == 0)
        {
            errors.Add(ErrorCodes.MissingValue, map.Place, $"{name} is empty", null, $"Write one of: {string.Join(", ", shape.Names)}");
            return null;
        }

        var complete = true;
        foreach (var key in shape.All.Where(key => key.IsRequired))
        {
            complete &= Expect.Required(map, key.Name, name, errors) is not null;
        }

        return complete ? map : null;
    }
}
