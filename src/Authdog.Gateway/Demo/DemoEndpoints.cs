using System.Globalization;

namespace Authdog.Gateway.Demo;

/// <summary>The demo's pages.</summary>
internal static class DemoEndpoints
{
    // Its own cookie, as such apps have one: the gateway lets it pass and keeps its own to itself.
    private const string LastVisitCookie = "PAPERTRAIL_SEEN";

    /// <summary>Maps them all.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/", Home);
        app.MapGet("/about", About);
        app.MapGet("/members/{**rest}", Members);
        app.MapGet("/admin/{**rest}", Admin);
        app.MapGet("/headers", Headers);
        app.MapGet("/assets/papertrail.css", () => TypedResults.Content(DemoAssets.Css, "text/css; charset=utf-8"));
        app.MapGet("/assets/logo.svg", () => TypedResults.Content(DemoAssets.Logo, "image/svg+xml"));
        app.MapFallback((HttpRequest request) =>
        {
            request.HttpContext.Response.StatusCode = StatusCodes.Status404NotFound;
            return new DemoPage(request, "Page not found").Text("PaperTrail does not know this page.").Result();
        });
    }

    private static IResult Home(HttpRequest request)
    {
        var seen = request.Cookies[LastVisitCookie] is not null;
        request.HttpContext.Response.Cookies.Append(LastVisitCookie, "1", new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax });
        return new DemoPage(request, seen ? "Welcome back" : "Welcome")
            .Text("This is a public page: everybody may read it.")
            .Html("""
                <ul>
                <li><a href="/members/">Members' area</a>: your invoices, for whoever is signed in</li>
                <li><a href="/admin/">Admin area</a>: for the role <tt>admin</tt></li>
                <li><a href="/headers">Headers</a>: what the gateway tells this app about a request</li>
                </ul>
                """)
            .Text("PaperTrail has no login of its own. The gateway in front of it asks who you are and tells PaperTrail by request headers.")
            .Result();
    }

    private static IResult About(HttpRequest request) => new DemoPage(request, "About PaperTrail")
        .Text("PaperTrail writes invoices for small businesses. The last release is ten years old, nobody dares to change it, and it is not needed.")
        .Result();

    private static IResult Members(HttpRequest request)
    {
        var page = new DemoPage(request, "Your invoices");
        return page
            .Html($"""<p>Signed in as <b id="email">{DemoPage.Encode(page.Visitor.Email)}</b> of <b id="tenant">{DemoPage.Encode(page.Visitor.Tenant)}</b>.</p>""")
            .Table("invoices", ["No.", "Date", "Customer", "Text", "Amount", "State"], Invoice.All.Select(Row))
            .Html($"""<p align="right"><b>Total: {Invoice.All.Sum(invoice => invoice.Amount).ToString("N2", CultureInfo.InvariantCulture)} EUR</b></p>""")
            .Result();
    }

    private static IResult Admin(HttpRequest request)
    {
        var page = new DemoPage(request, "Administration");
        return page
            .Text($"You are here because the gateway says that you have the role: {string.Join(", ", page.Visitor.Roles)}")
            .Heading("Number ranges")
            .Table("ranges", ["Range", "From", "To", "Next"], [["Invoices", "R-2016-0001", "R-2016-9999", "R-2016-0172"], ["Credit notes", "C-2016-0001", "C-2016-0999", "C-2016-0008"]])
            .Result();
    }

    private static IResult Headers(HttpRequest request) => new DemoPage(request, "Request headers")
        .Text($"{request.Method} {request.Path}{request.QueryString} came with these headers:")
        .Table("headers", ["Header", "Value"], request.Headers.OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase).Select(header => new[] { header.Key, header.Value.ToString() }))
        .Result();

    private static string[] Row(Invoice invoice) =>
        [invoice.Number, invoice.Date, invoice.Customer, invoice.Text, invoice.Amount.ToString("N2", CultureInfo.InvariantCulture), invoice.State];
}
