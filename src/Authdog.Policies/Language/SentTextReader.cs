using System.Text.RegularExpressions;
using Authdog.Policies.Criteria;

namespace Authdog.Policies.Language;

/// <summary>Reads the criteria about texts that the client sent by name: <c>query</c> and <c>header</c>.</summary>
internal static class SentTextReader
{
    // What is in these is a secret: it must not stand in a policy, an explanation or a record.
    private static readonly string[] s_secret = ["Authorization", "Cookie", "Proxy-Authorization"];

    public static Criterion? ReadQuery(YamlMap map, RuleContext context) =>
        Expect.RequiredValue(map, "name", "query", context.Errors) is { } name && ReadTest(map, context) is { } test ? new QueryCriterion(name.Text, test) : null;

    public static Criterion? ReadHeader(YamlMap map, RuleContext context)
    {
        var name = Expect.RequiredValue(map, "name", "header", context.Errors);
        var test = ReadTest(map, context);
        if (name is null || !ValueRules.IsFieldName(name, context.Errors))
        {
            return null;
        }

        if (s_secret.Contains(name.Text, StringComparer.OrdinalIgnoreCase))
        {
            context.Errors.Add(ErrorCodes.BadHeaderName, name.Place, "This header carries secrets, which no policy may see", name.Text, "Ask about the person instead: user, role, client-kind");
            return null;
        }

        return test is null ? null : new HeaderCriterion(name.Text, test);
    }

    private static TextTest? ReadTest(YamlMap map, RuleContext context)
    {
        var values = map["value"] is { } wanted ? Expect.Values(wanted, "value", context.Errors) : [];
        Regex? expression = null;
        string? written = null;
        if (map["expression"] is { } node)
        {
            if (map["value"] is not null)
            {
                context.Errors.Add(ErrorCodes.BadRange, node.Place, "There is a value or an expression, not both", null, "Remove one of them");
                return null;
            }

            var text = Expect.Value(node, "expression", context.Errors);
            expression = text is null ? null : ExpressionReader.Read(text, context.HitRefuses, context.Errors);
            written = text?.Text;
            if (expression is null)
            {
                return null;
            }
        }

        return values is null ? null : new TextTest([.. values.Select(value => value.Text)], written, expression, context.HitRefuses);
    }
}
