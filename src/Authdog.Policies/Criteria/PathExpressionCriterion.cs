using System.Text.RegularExpressions;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>path-expression</c>: the whole decoded path is what a regular expression describes. Wide where a hit takes access away, as with <c>path</c> (B1).</summary>
internal sealed class PathExpressionCriterion(string[] texts, Regex[] expressions, bool wide) : Criterion
{
    public override string Keyword => "path-expression";

    public override string Wanted => Wording.AnyOf(texts);

    /// <summary>The expressions as written, without the anchors.</summary>
    public IReadOnlyList<string> Texts => texts;

    public override Cost Cost => Cost.Expression;

    public override string Seen(in AccessRequest request) => request.Path;

    public override Verdict Judge(in AccessRequest request, AbsentPerson absent) =>
        Matches(request.Path) || (wide && MatchesOtherSpelling(request.Path)) ? Verdict.Hit : Verdict.Miss;

    private bool MatchesOtherSpelling(string path)
    {
        var trimmed = path.AsSpan().TrimEnd('/');
        return (trimmed.Length > 0 && Matches(trimmed))
            || (path.Contains(';', StringComparison.Ordinal) && PathPattern.WithoutParameters(path) is var plain && (Matches(plain) || Matches(plain.AsSpan().TrimEnd('/'))));
    }

    private bool Matches(ReadOnlySpan<char> path)
    {
        foreach (var expression in expressions)
        {
            if (expression.IsMatch(path))
            {
                return true;
            }
        }

        return false;
    }
}
