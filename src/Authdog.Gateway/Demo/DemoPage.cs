using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Authdog.Gateway.Demo;

/// <summary>Writes the demo's pages the way it was done then: strings and tables.</summary>
internal sealed class DemoPage(HttpRequest request, string title)
{
    private static readonly HtmlEncoder s_encoder = HtmlEncoder.Default;
    private readonly StringBuilder _body = new();
    private readonly Visitor _visitor = Visitor.Of(request);

    /// <summary>Who looks.</summary>
    public Visitor Visitor => _visitor;

    /// <summary>Encodes a text for HTML.</summary>
    public static string Encode(string? text) => s_encoder.Encode(text ?? string.Empty);

    /// <summary>Adds a paragraph of plain text.</summary>
    public DemoPage Text(string text) => Html($"<p>{Encode(text)}</p>");

    /// <summary>Adds a heading.</summary>
    public DemoPage Heading(string text) => Html($"<h2>{Encode(text)}</h2>");

    /// <summary>Adds markup that the demo wrote itself.</summary>
    public DemoPage Html(string html)
    {
        _body.AppendLine(html);
        return this;
    }

    /// <summary>Adds a table of plain texts.</summary>
    public DemoPage Table(string id, string[] head, IEnumerable<string[]> rows)
    {
        _body.Append(CultureInfo.InvariantCulture, $"<div class=\"scroll\"><table id=\"{id}\" class=\"grid\"><tr>");
        _body.AppendJoin(string.Empty, head.Select(cell => $"<th>{Encode(cell)}</th>")).AppendLine("</tr>");
        foreach (var row in rows)
        {
            _body.Append("<tr>").AppendJoin(string.Empty, row.Select(cell => $"<td>{Encode(cell)}</td>")).AppendLine("</tr>");
        }

        _body.AppendLine("</table></div>");
        return this;
    }

    /// <summary>The page as an answer.</summary>
    public IResult Result() => TypedResults.Content(Document(), "text/html; charset=utf-8");

    private string Document() => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>{Encode(title)} - PaperTrail Invoicing 3.1</title>
        <link rel="stylesheet" href="/assets/papertrail.css"><link rel="icon" href="/assets/logo.svg">
        </head>
        <body>
        <div id="page">
        <div id="banner"><img src="/assets/logo.svg" width="48" height="48" alt=""><span class="product">PaperTrail</span> <span class="edition">Invoicing 3.1 &middot; Small Business Edition</span></div>
        <div id="menu"><a href="/">Home</a> | <a href="/members/">Members</a> | <a href="/admin/">Admin</a> | <a href="/headers">Headers</a> | <a href="/about">About</a></div>
        <div id="who">{Greeting()}</div>
        <div id="content">
        <h1>{Encode(title)}</h1>
        {_body}
        </div>
        <div id="foot">&copy; 2009-2016 PaperTrail Software. Best viewed at 1024 x 768.</div>
        </div>
        </body>
        </html>
        """;

    private string Greeting()
    {
        if (_visitor.IsKnown)
        {
            return $"""Hello, <b id="visitor">{Encode(_visitor.Name ?? _visitor.Email)}</b> | <a href="/.authdog/account">My account</a> | <a href="/.authdog/logout">Sign out</a>""";
        }

        var back = Uri.EscapeDataString(request.Path + request.QueryString);
        return $"""You are a guest | <a href="/.authdog/login?return={back}">Sign in</a> | <a href="/.authdog/sign-up?return={back}">Sign up</a>""";
    }
}
