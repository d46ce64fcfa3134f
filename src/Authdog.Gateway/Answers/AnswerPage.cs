using System.Text;
using System.Text.Encodings.Web;
using Authdog.Identity.Pages;

namespace Authdog.Gateway.Answers;

/// <summary>The one page of refusals and failures: readable without the style sheet, because what serves it may be what failed.</summary>
internal static class AnswerPage
{
    public static ReadOnlyMemory<byte> Render(Answer answer, PageTexts texts)
    {
        var html = HtmlEncoder.Default;
        var (title, text) = AnswerTexts.Of(answer, texts);
        return Encoding.UTF8.GetBytes($"""
            <!DOCTYPE html>
            <html lang="{texts.Language}">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="color-scheme" content="light dark">
              <title>{html.Encode(title)}</title>
              <link rel="stylesheet" href="/.authdog/assets/authdog.css">
            </head>
            <body>
              <main class="page">
                <section class="card">
                  <h1>{html.Encode(title)}</h1>
                  <p>{html.Encode(text)}</p>{Words(answer, texts)}
                  <p class="reference">{html.Encode(texts["Error.Reference"])} <code>{answer.Status} {html.Encode(answer.Code)} {html.Encode(answer.Id)}</code></p>
                </section>
              </main>
            </body>
            </html>

            """);
    }

    private static string Words(Answer answer, PageTexts texts)
    {
        var html = HtmlEncoder.Default;
        var message = answer.Message is null ? string.Empty : $"\n      <p class=\"message\">{html.Encode(answer.Message)}</p>";
        return answer.Link is null ? message : $"{message}\n      <p class=\"actions\"><a class=\"button\" href=\"{html.Encode(answer.Link)}\">{html.Encode(texts["Error.Link"])}</a></p>";
    }
}
