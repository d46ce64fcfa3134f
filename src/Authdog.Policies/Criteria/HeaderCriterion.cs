using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary>
/// <c>header</c>: a field of the request. Of several lines of one name each app takes another: where a hit gives access all
/// of them must be right, and where it takes access away one is enough.
/// </summary>
internal sealed class HeaderCriterion(string name, TextTest test) : Criterion
{
    public override string Keyword => "header";

    /// <summary>Name of the field.</summary>
    public string Name => name;

    /// <summary>The expression as written, if there is one.</summary>
    public string? Expression => test.Expression;

    public override string Wanted => $"{name} {test}";

    public override SeenKind Shows => SeenKind.Personal;

    public override Cost Cost => Cost.Lookup;

    public override string Seen(in AccessRequest request)
    {
        if (request.Facts is not { } facts)
        {
            return "unknown";
        }

        var lines = facts.Header(name);
        return lines.Count == 0 ? "absent" : string.Join(" | ", Enumerable.Range(0, lines.Count).Select(index => lines[index]));
    }

    public override Verdict Judge(in AccessRequest request, AbsentPerson absent)
    {
        if (request.Facts is not { } facts)
        {
            return Verdict.Unknown;
        }

        var lines = facts.Header(name);
        for (var i = 0; i < lines.Count; i++)
        {
            if (test.Holds(lines[i]) == test.IsWide)
            {
                return test.IsWide ? Verdict.Hit : Verdict.Miss;
            }
        }

        return lines.Count > 0 && !test.IsWide ? Verdict.Hit : Verdict.Miss;
    }
}
