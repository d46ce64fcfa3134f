using System.Text;
using System.Text.Encodings.Web;

namespace Authdog.Gateway.Answers;

/// <summary>The one page of refusals and failures: readable without the style sheet, because what serves it may be what failed.</summary>
internal static class AnswerPage
{
    public static ReadOnlyMemory<byte> Render(Answer answer)
    {
        var html = HtmlEncoder.Default;
        return Encoding.UTF8.GetBytes($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="color-scheme" content="light dark">
              <title>{html.Encode(answer.Title)}</title>
              <link rel="stylesheet" href="/.authdog/assets/authdog.css">
            </head>
            <body>
              <main class="page">
                <section class="card">
                  <h1>{html.Encode(answer.Title)}</h1>
                  <p>{html.Encode(answer.Detail)}</p>
                  <p>{answer.Status} · <code>{html.Encode(answer.Id)}</code></p>
                </section>
              </main>
            </body>
            </html>

            """);
    }
}
