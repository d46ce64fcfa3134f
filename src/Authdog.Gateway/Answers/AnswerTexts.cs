using Authdog.Identity.Pages;

namespace Authdog.Gateway.Answers;

/// <summary>What a person reads of an <see cref="Answer"/>, in their language. Programs get the answer's own words, which are English, and its code.</summary>
internal static class AnswerTexts
{
    // The edge's refusals share theirs: which rule it was says the code, to whoever is asked for help.
    private const string Ambiguous = "ambiguous";

    public static (string Title, string Text) Of(Answer answer, PageTexts texts)
    {
        var code = answer.IsAmbiguous ? Ambiguous : answer.Code;
        return (texts.Find(Title(code)) ?? answer.Title, texts.Find(Text(code)) ?? answer.Detail);
    }

    private static string Title(string code) => $"Answer.{code}.Title";

    private static string Text(string code) => $"Answer.{code}.Text";
}
