using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Redis;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Invitations;

/// <summary>Takes a stranger's request to join. Whether the address has an account, an invitation or a request already: same answer (I1).</summary>
internal sealed class JoinCeremony(JoinRequests requests, CounterStore counters, CurrentTenant tenant, TenantOptions<InvitationOptions> options, IOptions<LoginOptions> login, PageRenderer pages, ErrorPages errors)
{
    private static readonly TimeSpan s_window = TimeSpan.FromHours(1);

    public IResult Show(HttpContext context)
    {
        if (!options.Value.JoinRequests)
        {
            return errors.Page(context, ErrorKind.NotFound);
        }

        var texts = pages.Texts(context);
        return context.Request.Query.ContainsKey("sent")
            ? pages.Page<MessagePage>(context, StatusCodes.Status200OK, ("Title", texts["Join.SentTitle"]), ("Text", texts.Format("Join.SentText", tenant.Record.Name)), ("LinkAddress", LoginAddress.Start(Target(context))), ("LinkText", texts["Login.Back"]))
            : Form(context, StatusCodes.Status200OK, FormErrors.None, email: null);
    }

    public async Task<IResult> PostAsync(HttpContext context)
    {
        if (!options.Value.JoinRequests)
        {
            return errors.Page(context, ErrorKind.NotFound);
        }

        var texts = pages.Texts(context);
        var typed = context.Request.Form["email"].ToString();
        if (!EmailAddress.TryParse(typed, out var email))
        {
            return Form(context, StatusCodes.Status422UnprocessableEntity, FormErrors.Of("email", texts["Email.Invalid"]), typed);
        }

        var network = LoginAttempts.Network(context.Connection.RemoteIpAddress);
        if (await counters.IncrementAsync(tenant.Id, "join-network", network, s_window, context.RequestAborted) > options.Value.RequestsPerNetwork)
        {
            return errors.Page(context, ErrorKind.TooManyRequests);
        }

        await requests.AskAsync(email, texts.Language, context.RequestAborted);
        return new SeeOther(PagePaths.Join + new QueryBuilder { { "sent", "1" }, { "return", Target(context) } });
    }

    private string Target(HttpContext context) => ReturnUrl.CarriedBy(context.Request, login.Value.ReturnOrigins).Value;

    private IResult Form(HttpContext context, int status, FormErrors problems, string? email) =>
        pages.Page<JoinPage>(context, status, ("Errors", problems), ("Organization", tenant.Record.Name), ("Return", Target(context)), ("Email", email));
}
