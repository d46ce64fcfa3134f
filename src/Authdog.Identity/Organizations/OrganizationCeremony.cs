using System.Collections.Immutable;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Mail;
using Authdog.Identity.Pages;
using Authdog.Identity.Redis;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Organizations;

/// <summary>On the shared host, tells the owner of a mailbox where it has accounts. Whether it has any: same answer, only the mail tells (I1).</summary>
internal sealed class OrganizationCeremony(
    OrganizationDirectory organizations,
    OneTimeTokenStore links,
    CounterStore counters,
    Mailer mailer,
    PageRenderer pages,
    ErrorPages errors,
    IOptions<OrganizationOptions> options,
    IOptions<LoginOptions> login,
    IOptions<PublicUrlOptions> reach)
{
    private const string Purpose = "organizations";
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan s_window = TimeSpan.FromHours(1);

    /// <summary>Whether a request is asked where people of all tenants come: not on a tenant's own host.</summary>
    public static bool IsShared(HttpContext context) => context.Features.Get<TenantFeature>() is not { Source: TenantSource.Host };

    public async Task<IResult> ShowAsync(HttpContext context)
    {
        if (!options.Value.Offered || !IsShared(context))
        {
            return errors.Page(context, ErrorKind.NotFound);
        }

        var texts = pages.Texts(context);
        if (context.Request.Query["token"].ToString() is { Length: > 0 } token)
        {
            // The list is no tenant's, so its link is kept for all of them at one place.
            return await links.PeekAsync<ProvedAddress>(TenantId.Default, Purpose, token, context.RequestAborted) is { } link
                ? pages.Page<OrganizationLinkPage>(context, StatusCodes.Status200OK, ("Token", token), ("Return", link.Return))
                : Over(context);
        }

        return context.Request.Query.ContainsKey("sent")
            ? Message(context, StatusCodes.Status200OK, "Organizations.SentTitle", "Organizations.SentText", LoginAddress.Start(Target(context)), "Login.Back")
            : pages.Page<FindOrganizationPage>(context, StatusCodes.Status200OK, ("Return", Target(context)));
    }

    public async Task<IResult> PostAsync(HttpContext context)
    {
        if (!options.Value.Offered || !IsShared(context))
        {
            return errors.Page(context, ErrorKind.NotFound);
        }

        return context.Request.Form["token"].ToString() is { Length: > 0 } token ? await ListAsync(context, token) : await SendAsync(context);
    }

    private async Task<IResult> ListAsync(HttpContext context, string token) =>
        await links.TakeAsync<ProvedAddress>(TenantId.Default, Purpose, token, context.RequestAborted) is { } proved && EmailAddress.TryParse(proved.Email, out var email)
            ? pages.Page<OrganizationListPage>(context, StatusCodes.Status200OK, ("Email", email.Value), ("Return", proved.Return), ("Organizations", await organizations.OfAsync(email, context.RequestAborted)))
            : Over(context);

    private async Task<IResult> SendAsync(HttpContext context)
    {
        var texts = pages.Texts(context);
        var typed = context.Request.Form["email"].ToString();
        if (!EmailAddress.TryParse(typed, out var email))
        {
            return pages.Page<FindOrganizationPage>(context, StatusCodes.Status422UnprocessableEntity, ("Errors", FormErrors.Of("email", texts["Email.Invalid"])), ("Email", typed), ("Return", Target(context)));
        }

        var network = LoginAttempts.Network(context.Connection.RemoteIpAddress);
        if (await counters.IncrementAsync(TenantId.Default, "organizations-network", network, s_window, context.RequestAborted) > options.Value.RequestsPerNetwork)
        {
            return errors.Page(context, ErrorKind.TooManyRequests);
        }

        var mayMail = await counters.IncrementAsync(TenantId.Default, "organizations-mail", email.Normalized, s_window, context.RequestAborted) <= options.Value.MessagesPerAddress;
        var target = Target(context);
        var found = await organizations.OfAsync(email, context.RequestAborted);
        var secret = await links.IssueAsync(TenantId.Default, Purpose, new ProvedAddress(email.Value, target), s_lifetime, context.RequestAborted);
        if (mayMail && found.Count > 0)
        {
            var link = PagePaths.Organizations + new QueryBuilder { { "token", secret }, { "lang", texts.Language } };
            mailer.Send(new MailMessage(email, "organizations", texts.Language, ImmutableDictionary<string, string>.Empty.Add("link", reach.Value.Link(link))));
        }

        return new SeeOther(PagePaths.Organizations + new QueryBuilder { { "sent", "1" }, { "return", target } });
    }

    private string Target(HttpContext context) => ReturnUrl.CarriedBy(context.Request, login.Value.ReturnOrigins).Value;

    private IResult Over(HttpContext context) => Message(context, StatusCodes.Status410Gone, "Organizations.OverTitle", "Organizations.OverText", LoginAddress.Keep(PagePaths.Organizations, Target(context)), "Organizations.FindTitle");

    private IResult Message(HttpContext context, int status, string title, string text, string address, string link)
    {
        var texts = pages.Texts(context);
        return pages.Page<MessagePage>(context, status, ("Title", texts[title]), ("Text", texts[text]), ("LinkAddress", address), ("LinkText", texts[link]));
    }
}
