using System.Net;
using System.Text.RegularExpressions;

namespace Authdog.Identity.Tests.Pages;

/// <summary>An answer as a browser sees it.</summary>
public sealed partial record ReceivedPage(HttpStatusCode Status, string? Location, string Html, Dictionary<string, string> Headers)
{
    public string Text => WebUtility.HtmlDecode(Html);

    public string Title => WebUtility.HtmlDecode(Heading().Match(Html).Groups[1].Value);

    public (string Action, Dictionary<string, string> Hidden) Form(string? action)
    {
        foreach (Match form in Forms().Matches(Html))
        {
            var target = WebUtility.HtmlDecode(form.Groups[1].Value);
            if (action is null || target == action)
            {
                var hidden = HiddenFields().Matches(form.Groups[2].Value)
                    .ToDictionary(field => field.Groups[1].Value, field => WebUtility.HtmlDecode(field.Groups[2].Value));
                return (target, hidden);
            }
        }

        throw new InvalidOperationException($"No form to {action ?? "anywhere"} in: {Status} {Location} {Html}");
    }

    /// <summary>The page without what is random in it.</summary>
    public string WithoutTokens(params string[] also)
    {
        var text = Random().Replace(Html, "value=\"*\"");
        text = Flows().Replace(text, "flow=*");
        return also.Aggregate(text, (rest, word) => rest.Replace(word, "*", StringComparison.Ordinal));
    }

    [GeneratedRegex("<h1[^>]*>([^<]*)</h1>")]
    private static partial Regex Heading();

    [GeneratedRegex("<form method=\"post\" action=\"([^\"]*)\"[^>]*>(.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenFields();

    [GeneratedRegex("value=\"[A-Za-z0-9_-]{22,}\"")]
    private static partial Regex Random();

    [GeneratedRegex("flow=[A-Za-z0-9_-]{22}")]
    private static partial Regex Flows();
}
