using System.Net;
using System.Text.RegularExpressions;
using Authdog.Identity.Tests.Pages;

namespace Authdog.Identity.Tests.Passkeys;

/// <summary>What a page asks an authenticator, and how its script would post the answer.</summary>
internal sealed partial record PasskeyQuestion(string Action, string Options, string Challenge, Dictionary<string, string> Hidden)
{
    public static PasskeyQuestion Of(ReceivedPage page)
    {
        var form = Form().Match(page.Html);
        form.Success.ShouldBeTrue(page.Html);
        string Attribute(string name) => WebUtility.HtmlDecode(Regex.Match(form.Groups[1].Value, $" {name}=\"([^\"]*)\"").Groups[1].Value);
        var hidden = Input().Matches(form.Groups[2].Value).ToDictionary(input => input.Groups[1].Value, input => WebUtility.HtmlDecode(input.Groups[2].Value));
        return new PasskeyQuestion(Attribute("action"), Attribute("data-options"), Attribute("data-challenge"), hidden);
    }

    public Task<ReceivedPage> AnswerAsync(Browser browser, string credential, params (string Name, string Value)[] changes)
    {
        var fields = new Dictionary<string, string>(Hidden) { ["challenge"] = Challenge, ["credential"] = credential };
        foreach (var (name, value) in changes)
        {
            fields[name] = value;
        }

        return browser.PostAsync(Action, fields);
    }

    [GeneratedRegex("<form([^>]* data-ceremony=[^>]*)>(.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex Input();
}
