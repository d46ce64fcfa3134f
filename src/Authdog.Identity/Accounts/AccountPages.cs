using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Authdog.Identity.Accounts;

/// <summary>Draws the pages of self-service, or sends whoever is not signed in to the login page and back.</summary>
public sealed class AccountPages(IEnumerable<AccountSection> sections, PageRenderer pages, ErrorPages errors)
{
    private const int MaxDone = 40;
    private readonly AccountSection[] _sections = [.. sections.OrderBy(section => section.Order).ThenBy(section => section.Path, StringComparer.Ordinal)];

    /// <summary>The request's session; null with the answer to give instead.</summary>
    /// <param name="context">The request.</param>
    /// <param name="page">Address of the page to come back to; for a post, the page that has the form.</param>
    /// <param name="refusal">The answer when there is no session.</param>
    public Session? Require(HttpContext context, string page, out IResult refusal)
    {
        var feature = context.Features.Get<SessionFeature>();
        refusal = feature?.Lookup is SessionLookup.StoreUnavailable
            ? errors.Page(context, ErrorKind.Unavailable)
            : new SeeOther(LoginAddress.Start(page));
        return feature?.Session;
    }

    /// <summary>A page; 422 when its form had errors.</summary>
    public IResult Page<TPage>(HttpContext context, Session session, FormErrors problems, params (string Name, object? Value)[] parameters)
        where TPage : AccountComponent
    {
        var navigation = Sections(context, AccountPaths.Overview).ToList();
        var path = context.Request.Path.Value ?? AccountPaths.Overview;
        var frame = new AccountFrame(session, navigation, path, SectionOf(path), Done(context));
        return pages.Page<TPage>(
            context,
            problems.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            [("Account", frame), ("Errors", problems), .. parameters]);
    }

    /// <summary>The texts of the request.</summary>
    public PageTexts Texts(HttpContext context) => pages.Texts(context);

    /// <summary>The sections that a page lists, each with how things stand.</summary>
    public async Task<IReadOnlyList<AccountEntry>> EntriesAsync(HttpContext context, Session session, string parent)
    {
        var texts = pages.Texts(context);
        List<AccountEntry> entries = [];
        foreach (var section in Sections(context, parent))
        {
            if (section.Concerns is { } concerns && !await concerns(context, session))
            {
                continue;
            }

            entries.Add(new AccountEntry(section, section.State is { } state ? await state(context, session, texts) : null));
        }

        return entries;
    }

    /// <summary>Leads to a page that says what was done: the text <c>Account.Done.{done}</c>.</summary>
    public static IResult Done(string page, string done) => new SeeOther(page + new QueryBuilder { { "done", done } });

    private string? SectionOf(string path) =>
        _sections.Where(section => path.StartsWith(section.Path + "/", StringComparison.Ordinal) || path == section.Path).MaxBy(static section => section.Path.Length) is { } section
            ? section.Parent == AccountPaths.Overview ? section.Path : section.Parent
            : null;

    private IEnumerable<AccountSection> Sections(HttpContext context, string parent) =>
        _sections.Where(section => section.Parent == parent && section.IsOffered?.Invoke(context) is not false);

    private string? Done(HttpContext context) =>
        context.Request.Query["done"].ToString() is { Length: > 0 and <= MaxDone } done && done.All(letter => char.IsAsciiLetterLower(letter) || letter == '-')
            ? pages.Texts(context).Find("Account.Done." + done)
            : null;
}
