using Authdog.Identity.Attacks;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.EmailCodes;

/// <summary>Signs in by the link in a mail, in the browser that asked for it and in no other.</summary>
internal sealed class EmailLinkCeremony(
    SentCodes codes,
    EmailCodeMethod method,
    LoginTransactions transactions,
    LoginProofs proofs,
    AttackWatch attacks,
    CurrentTenant tenant,
    PageRenderer pages,
    IOptions<LoginOptions> login)
{
    public async Task<IResult> ShowAsync(HttpContext context)
    {
        var token = context.Request.Query["token"].ToString();
        if (await codes.PeekAsync(tenant.Id, token, context.RequestAborted) is not { } id)
        {
            return Message(context, StatusCodes.Status410Gone, "EmailLink.OverTitle", "EmailLink.OverText");
        }

        return await transactions.FindAsync(context, tenant.Id, id, context.RequestAborted) is { } flow
            ? pages.Page<EmailLinkPage>(context, StatusCodes.Status200OK, ("Token", token), ("Return", flow.Transaction.Return), ("Email", flow.Transaction.Email))
            : Message(context, StatusCodes.Status200OK, "EmailLink.ElsewhereTitle", "EmailLink.ElsewhereText");
    }

    public async Task<IResult> PostAsync(HttpContext context)
    {
        var token = context.Request.Form["token"].ToString();

        // Another browser's try leaves the link as it is.
        if (await codes.PeekAsync(tenant.Id, token, context.RequestAborted) is not { } id
            || await transactions.FindAsync(context, tenant.Id, id, context.RequestAborted) is not { } flow
            || await codes.TakeByLinkAsync(tenant.Id, token, context.RequestAborted) is not { } proved
            || await method.FindAsync(proved, context.RequestAborted) is not { } user)
        {
            await attacks.FailedAsync(context, tenant.Id, account: null, "email-link", context.RequestAborted);
            return Message(context, StatusCodes.Status410Gone, "EmailLink.OverTitle", "EmailLink.OverText");
        }

        return await proofs.AcceptAsync(context, flow, method.Proved(user));
    }

    private IResult Message(HttpContext context, int status, string title, string text)
    {
        var texts = pages.Texts(context);
        return pages.Page<MessagePage>(context, status, ("Title", texts[title]), ("Text", texts[text]), ("LinkAddress", LoginAddress.Start(ReturnUrl.CarriedBy(context.Request, login.Value.ReturnOrigins).Value)), ("LinkText", texts["Login.Back"]));
    }
}
