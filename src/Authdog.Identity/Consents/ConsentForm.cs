using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Consents;

/// <summary>Reads the boxes of a form. A box counts only for the very words that stood beside it: it posts their hash.</summary>
internal sealed class ConsentForm(Wordings wordings, ConsentLedger ledger)
{
    /// <summary>What sign-up asks, in a language.</summary>
    public IReadOnlyList<Wording> All(string language) => wordings.In(language);

    /// <summary>Boxes that are ticked.</summary>
    public static IReadOnlyCollection<string> Ticked(IFormCollection form) => [.. form.Keys.Where(key => key.StartsWith("consent-", StringComparison.Ordinal))];

    /// <summary>The answers to what was asked; adds an error for each that is required and not given.</summary>
    public IReadOnlyList<ConsentAnswer> Read(HttpContext context, IReadOnlyList<Wording> asked, string how, PageTexts texts, FormErrors errors)
    {
        List<ConsentAnswer> answers = [];
        foreach (var wording in asked)
        {
            var given = context.Request.Form[wording.Field] == wording.Hash;
            if (wording.Required && !given)
            {
                errors.Add(wording.Field, texts["Consents.Needed"]);
            }

            answers.Add(ledger.Answer(context, wording, given, how));
        }

        return answers;
    }
}
