using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Consents;

/// <summary>Asks for what is new between the last proof of a login and its session, and shows texts to whoever wants to read them.</summary>
internal sealed class ConsentCeremony(
    ConsentForm form,
    ConsentLedger ledger,
    Wordings wordings,
    LoginTransactions transactions,
    LoginProofs proofs,
    LoginSteps steps,
    LoginCompletion completion,
    CurrentTenant tenant,
    PageRenderer pages,
    ErrorPages errors)
{
    public async Task<IResult> ShowAsync(HttpContext context)
    {
        if (await FindAsync(context, context.Request.Query["flow"]) is not var (flow, user))
        {
            return Back(context, context.Request.Query["flow"], context.Request.Query["return"]);
        }

        var asked = await ledger.OutstandingAsync(user.UserId, pages.Texts(context).Language, context.RequestAborted);
        return Form(context, flow, asked, FormErrors.None);
    }

    public async Task<IResult> PostAsync(HttpContext context)
    {
        var posted = context.Request.Form;
        if (await FindAsync(context, posted["flow"]) is not var (flow, user))
        {
            return Back(context, posted["flow"], posted["return"]);
        }

        if (await completion.HinderAsync(context, flow, user) is { } elsewhere)
        {
            return new SeeOther(elsewhere);
        }

        var texts = pages.Texts(context);
        var asked = await ledger.OutstandingAsync(user.UserId, texts.Language, context.RequestAborted);
        var problems = new FormErrors();
        var answers = form.Read(context, asked, "sign-in", texts, problems);
        if (problems.Any)
        {
            return Form(context, flow, asked, problems);
        }

        await ledger.AddAsync(user.UserId, answers, context.RequestAborted);
        return new SeeOther(LoginAddress.Of(flow));
    }

    public IResult ShowText(HttpContext context, string document) =>
        wordings.Find(document, pages.Texts(context).Language) is { } wording
            ? pages.Page<ConsentTextPage>(context, StatusCodes.Status200OK, ("Label", wording.Label), ("Text", wording.Text), ("Version", wording.Version))
            : errors.Page(context, ErrorKind.NotFound);

    private async Task<(LoginFlow Flow, User User)?> FindAsync(HttpContext context, string? id) =>
        await transactions.FindAsync(context, tenant.Id, id, context.RequestAborted) is { } flow
        && await proofs.UserAsync(flow, context.RequestAborted) is { } user
        && await steps.NextAsync(flow, user, context.RequestAborted) is LoginNext.Settle
            ? (flow, user)
            : null;

    // Settled in another tab, or over: the login knows how to go on.
    private static SeeOther Back(HttpContext context, string? flow, string? target) =>
        new(PagePaths.Login + new Microsoft.AspNetCore.Http.Extensions.QueryBuilder { { "flow", flow ?? string.Empty }, { "return", target ?? "/" } });

    private IResult Form(HttpContext context, LoginFlow flow, IReadOnlyList<Wording> asked, FormErrors problems) =>
        pages.Page<ConsentPage>(
            context,
            problems.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            ("Flow", flow),
            ("Wordings", asked),
            ("Ticked", problems.Any ? ConsentForm.Ticked(context.Request.Form) : Array.Empty<string>()),
            ("Errors", problems));
}
