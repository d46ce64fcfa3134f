using System.Text;
using Authdog.Policies.Criteria;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Explanation;

/// <summary>Renders an explanation for a terminal.</summary>
internal static class ExplanationText
{
    public static string Render(PolicyExplanation explanation)
    {
        var decision = explanation.Decision;
        var text = new StringBuilder();
        Line(text, 0, $"{Vocabulary.Word(decision.Outcome)} ({Vocabulary.Word(decision.Reason)}): {explanation.Why}");
        Line(text, 0, explanation.File is null ? $"policy {decision.Policy}" : $"policy {decision.Policy} ({explanation.File})");
        foreach (var rule in explanation.Rules)
        {
            Line(text, 0, "");
            var mark = rule.Decided ? "=> " : "   ";
            Line(text, 0, $"{mark}{Vocabulary.Word(rule.Verdict),-7} {Vocabulary.Word(rule.Effect)} \"{rule.Name}\" (line {rule.Line})");
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
        }

        return text.ToString();
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

    private static string Met(bool? met) => met switch { true => "met", false => "not met", null => "unknown" };

    // Paths and claims come from outside; a terminal must not obey them.
    private static string Clean(string value) =>
        string.Concat(value.Select(c => char.IsControl(c) ? '\uFFFD' : c));

    private static void Line(StringBuilder text, int indent, string line) =>
        text.Append(' ', indent).Append(line).Append('\n');
}
