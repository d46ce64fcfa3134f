using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary>
/// <c>query</c>: a parameter of the query, decoded. Of several parameters of one name each app takes another: where a hit
/// gives access all of them must be right, and where it takes access away one is enough, names are compared in any letter
/// case, and <c>;</c> separates as well as <c>&amp;</c>.
/// </summary>
internal sealed class QueryCriterion(string name, TextTest test) : Criterion
{
    private readonly StringComparison comparison = test.IsWide ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    public override string Keyword => "query";

    /// <summary>Name of the parameter.</summary>
    public string Name => name;

    /// <summary>The expression as written, if there is one.</summary>
    public string? Expression => test.Expression;

    public override string Wanted => $"{name} {test}";

    public override SeenKind Shows => SeenKind.Personal;

    public override Cost Cost => test.Expression is not null ? Cost.Expression : Cost.Search;

    public override string Seen(in AccessRequest request)
    {
        List<string> values = [];
        foreach (var parameter in QueryText.Split(request.Query, test.IsWide))
        {
            if (QueryText.NameOf(parameter).Equals(name, comparison))
            {
                values.Add(QueryText.ValueOf(parameter).ToString());
            }
        }

        return values.Count == 0 ? "absent" : string.Join(" | ", values);
    }

    public override Verdict Judge(in AccessRequest request, AbsentPerson absent)
    {
        var found = false;
        foreach (var parameter in QueryText.Split(request.Query, test.IsWide))
        {
            if (!QueryText.NameOf(parameter).Equals(name, comparison))
            {
                continue;
            }

            if (test.Holds(QueryText.ValueOf(parameter)) == test.IsWide)
            {
                return test.IsWide ? Verdict.Hit : Verdict.Miss;
            }

            found = true;
        }

        return found && !test.IsWide ? Verdict.Hit : Verdict.Miss;
    }
}
