using System.Collections.Immutable;
using Authdog.Identity.Attacks;
using Authdog.Identity.EmailCodes;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Mail;
using Authdog.Identity.Pages;
using Authdog.Identity.Redis;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Login.Risk;

/// <summary>The pages in the place of a session whose sign-in is unusual: a code by mail, or a refusal that says what people can do.</summary>
internal sealed class RiskCeremony(
    LoginTransactions transactions,
    LoginProofs proofs,
    LoginSteps steps,
    SentCodes codes,
    CounterStore counters,
    AttackWatch attacks,
    Mailer mailer,
    CurrentTenant tenant,
    PageRenderer pages,
    ErrorPages errors,
    IOptions<EmailCodeOptions> options)
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    public async Task<IResult> ShowAsync(HttpContext context) =>
        await FindAsync(context, context.Request.Query["flow"]) is var (flow, _)
            ? await FormAsync(context, flow, FormErrors.None)
            : Back(context.Request.Query["flow"], context.Request.Query["return"]);

    public async Task<IResult> PostAsync(HttpContext context)
    {
        var form = context.Request.Form;
        if (await FindAsync(context, form["flow"]) is not var (flow, user) || !EmailAddress.TryParse(user.Email, out var email))
        {
            return Back(form["flow"], form["return"]);
        }

        if (form.ContainsKey("send"))
        {
            return await SendAsync(context, flow, user, email);
        }

        if (await codes.TakeByCodeAsync(tenant.Id, flow.Id, email, form["code"], context.RequestAborted) != user.UserId)
        {
            await attacks.FailedAsync(context, tenant.Id, email.Normalized, "confirm-sign-in", context.RequestAborted);
            return await FormAsync(context, flow, FormErrors.Of("code", pages.Texts(context)["Risk.ConfirmWrong"]));
        }

        var written = await transactions.UpdateAsync(context, tenant.Id, flow, flow.Transaction with { Confirmed = true }, CancellationToken.None);
        return new SeeOther(LoginAddress.Of(written ?? flow));
    }

    public IResult ShowRefusal(HttpContext context)
    {
        var texts = pages.Texts(context);
        return pages.Page<MessagePage>(
            context,
            StatusCodes.Status403Forbidden,
            ("Title", texts["Risk.RefusedTitle"]),
            ("Text", texts["Risk.RefusedText"]),
            ("LinkAddress", PagePaths.Recover),
            ("LinkText", texts["Recover.Title"]));
    }

    // Mail goes out when the button is pressed, and no more of it than by other doors.
    private async Task<IResult> SendAsync(HttpContext context, LoginFlow flow, User user, EmailAddress email)
    {
        var network = LoginAttempts.Network(context.Connection.RemoteIpAddress);
        if (await counters.IncrementAsync(tenant.Id, "email-code-network", network, s_hour, context.RequestAborted) > options.Value.MessagesPerNetwork
            || await counters.IncrementAsync(tenant.Id, "email-code-mail", email.Normalized, s_hour, context.RequestAborted) > options.Value.MessagesPerAddress)
        {
            return errors.Page(context, ErrorKind.TooManyRequests);
        }

        var (code, _) = await codes.CreateAsync(tenant.Id, flow.Id, user.UserId, context.RequestAborted);
        mailer.Send(new MailMessage(email, "confirm-sign-in", pages.Texts(context).Language, ImmutableDictionary<string, string>.Empty
            .Add("code", code)
            .Add("minutes", $"{(int)options.Value.Lifetime.TotalMinutes}")));
        return new SeeOther(LoginAddress.With(RiskEndpoints.ConfirmPath, flow));
    }

    // Only who has proved everything that the account has.
    private async Task<(LoginFlow Flow, User User)?> FindAsync(HttpContext context, string? id) =>
        await transactions.FindAsync(context, tenant.Id, id, context.RequestAborted) is { Transaction.Confirmed: false } flow
        && await proofs.UserAsync(flow, context.RequestAborted) is { } user
        && await steps.NextAsync(flow, user, context.RequestAborted) is LoginNext.Complete or LoginNext.Settle or LoginNext.Enrol
            ? (flow, user)
            : null;

    // Settled in another tab, or over: the login knows how to go on.
    private static SeeOther Back(string? flow, string? target) => new(PagePaths.Login + new QueryBuilder { { "flow", flow ?? string.Empty }, { "return", target ?? "/" } });

    private async Task<IResult> FormAsync(HttpContext context, LoginFlow flow, FormErrors problems) => pages.Page<ConfirmSignInPage>(
        context,
        problems.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        ("Flow", flow),
        ("Errors", problems),
        ("Sent", await codes.IsSentAsync(tenant.Id, flow.Id, context.RequestAborted)),
        ("Minutes", (int)options.Value.Lifetime.TotalMinutes));
}
