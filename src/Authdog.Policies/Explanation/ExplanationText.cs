using System.Text;
using Authdog.Policies.Criteria;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Explanation;

/// <summary>Renders an explanation for a terminal.</summary>
internal static class ExplanationText
{
    public static string Render(PolicyExplanation explanation)
    {
        var text = new StringBuilder();
        Render(text, explanation);
        if (!explanation.Enough.IsEmpty)
        {
            Line(text, 0, "");
            Line(text, 0, explanation.Enough.Length == 1 ? "This would have been enough:" : "Any of these would have been enough:");
            foreach (var way in explanation.Enough)
            {
                Line(text, 2, $"- {Clean(way)}");
            }
        }

        if (explanation.Decision.WithShadowRules is { } withRules)
        {
            Line(text, 0, "");
            Line(text, 0, $"With the rules in shadow mode enforced: {Vocabulary.Word(withRules.Outcome)} ({Vocabulary.Word(withRules.Reason)}), rule {Named(withRules.Rule)}");
        }

        if (explanation.Shadow is { } shadow)
        {
            Line(text, 0, "");
            Line(text, 0, "In shadow mode, not enforced:");
            Render(text, shadow);
        }

        return text.ToString();
    }

    private static void Render(StringBuilder text, PolicyExplanation explanation)
    {
        var decision = explanation.Decision;
        Line(text, 0, $"{Vocabulary.Word(decision.Outcome)} ({Vocabulary.Word(decision.Reason)}): {explanation.Why}");
        Line(text, 0, explanation.File is null ? $"policy {decision.Policy}" : $"policy {decision.Policy} ({explanation.File})");
        foreach (var rule in explanation.Rules)
        {
            Line(text, 0, "");
            var mark = rule.Decided ? "=> " : "   ";
            var mode = rule.IsShadow ? ", in shadow mode" : "";
            Line(text, 0, $"{mark}{Vocabulary.Word(rule.Verdict),-7} {Vocabulary.Word(rule.Effect)} \"{rule.Name}\" (line {rule.Line}{mode})");
            if (rule.Criteria is null)
            {
                Line(text, 3, "matches every request");
            }
            else
            {
                Render(text, rule.Criteria, 3);
            }

            if (rule.Requirement is not null)
            {
                Line(text, 3, $"{Met(rule.RequirementMet),-7} require {Vocabulary.Words(rule.Requirement)}");
            }

            if (rule.ChallengePassed is { } passed)
            {
                Line(text, 3, $"{Met(passed),-7} challenge");
            }
        }
    }

    private static void Render(StringBuilder text, ExplainedCriterion criterion, int indent)
    {
        var values = criterion.Wanted is null ? "" : $": wants {Clean(criterion.Wanted)}; is {Clean(criterion.Seen ?? "absent")}";
        Line(text, indent, $"{Vocabulary.Word(criterion.Verdict),-7} {criterion.Keyword}{values}");
        foreach (var part in criterion.Parts)
        {
            Render(text, part, indent + 2);
        }
    }

    private static string Named(string? rule) => rule is null ? "none" : $"\"{rule}\"";

    private static string Met(bool? met) => met switch { true => "met", false => "not met", null => "unknown" };

    // Paths and claims come from outside; a terminal must not obey them.
    private static string Clean(string value) =>
        string.Concat(value.Select(c => char.IsControl(c) ? '\uFFFD' : c));

    private static void Line(StringBuilder text, int indent, string line) =>
        text.Append(' ', indent).Append(line).Append('\n');
}
