using Authdog.Policies.Criteria;
using Authdog.Policies.Language;
using Authdog.Policies.Rules;

namespace Authdog.Policies.Linting;

/// <summary>Regular expressions that match more than they seem to, or are slow.</summary>
internal static class ExpressionLint
{
    private const long Large = 1_000;

    public static IEnumerable<PolicyError> Check(Policy policy)
    {
        foreach (var placed in PlacedCriterion.Of(policy))
        {
            var texts = placed.Criterion switch
            {
                PathExpressionCriterion path => path.Texts,
                HeaderCriterion { Expression: { } one } => [one],
                QueryCriterion { Expression: { } one } => [one],
                _ => [],
            };
            foreach (var text in texts)
            {
                if (Looseness(text) is { } cure)
                {
                    yield return placed.Warn(ErrorCodes.LooseExpression, "The expression matches more than it seems to", text, cure);
                }

                if (ExpressionSize.Of(text) > Large)
                {
                    yield return placed.Warn(ErrorCodes.SlowExpression, "The expression is large, and slow when it is first used", text, "Use smaller numbers in { }, or a glob");
                }
            }
        }
    }

    private static string? Looseness(string text)
    {
        if (text.StartsWith(".*", StringComparison.Ordinal) || text.EndsWith(".*", StringComparison.Ordinal))
        {
            return "It is anchored at both ends, and .* takes that away; say what may stand there, for example [^/]*";
        }

        for (var i = 1; i + 1 < text.Length; i++)
        {
            // A dot between letters or digits is hardly meant to be any character.
            if (text[i] == '.' && char.IsAsciiLetterOrDigit(text[i - 1]) && char.IsAsciiLetterOrDigit(text[i + 1]) && !(i > 1 && text[i - 2] == '\\'))
            {
                return "A dot stands for any character; write \\. for a dot";
            }
        }

        return null;
    }
}
