using System.Collections.Immutable;
using System.Globalization;
using Authdog.Identity.Attacks;
using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Mail;
using Authdog.Identity.Notices;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Recovery;

/// <summary>Gets somebody back in whose second step is lost, without lowering what the account asks for (OWASP ASVS 5, 6.4.3 and 6.4.4): who showed the first
/// factor waits out a delay of which the owner is told, finishes by the link in that mail, and then still signs in. Any sign-in with the second step calls it off.</summary>
internal sealed class SecondStepRecovery(
    SecondStepResets resets,
    LoginTransactions transactions,
    LoginProofs proofs,
    LoginSteps steps,
    IEnumerable<IAuthenticationMethod> methods,
    AttackWatch attacks,
    SessionStore sessions,
    UserDirectory users,
    AuditLog audit,
    Mailer mailer,
    SecurityNotices notices,
    CurrentTenant tenant,
    PageRenderer pages,
    TenantOptions<RecoveryOptions> options,
    IOptions<LoginOptions> login,
    TenantLinks addresses,
    TimeProvider time,
    ILogger<SecondStepRecovery> logger)
{
    private static readonly TimeSpan s_lately = TimeSpan.FromMinutes(10);

    /// <summary>The page of a login's lost second step, of a mail's link, or of what was just done.</summary>
    public async Task<IResult> ShowAsync(HttpContext context)
    {
        var query = context.Request.Query;
        switch (query["done"].ToString())
        {
            case "reset":
                return Message(context, "LostStep.DoneTitle", "LostStep.DoneText");
            case "cancelled":
                return Message(context, "LostStep.CancelledTitle", "LostStep.CancelledText");
        }

        if (query["token"].ToString() is { Length: > 0 } token)
        {
            return await ShowLinkAsync(context, token, query.ContainsKey("cancel"));
        }

        if (await WaitingAsync(context, query["flow"]) is not var (flow, user))
        {
            return new SeeOther(LoginAddress.Start(ReturnUrl.CarriedBy(context.Request, login.Value.ReturnOrigins).Value));
        }

        var waitsUntil = await resets.FindAsync(tenant.Id, user.UserId, context.RequestAborted);
        return pages.Page<LostStepPage>(
            context,
            StatusCodes.Status200OK,
            ("Flow", flow),
            ("WaitsUntil", waitsUntil),
            ("Delay", options.Value.SecondStepDelay));
    }

    public async Task<IResult> PostAsync(HttpContext context)
    {
        var form = context.Request.Form;
        if (form["token"].ToString() is { Length: > 0 } token)
        {
            return await (form.ContainsKey("cancel") ? CancelAsync(context, token) : FinishAsync(context, token));
        }

        if (options.Value.SecondStepDelay is not { } delay || await WaitingAsync(context, form["flow"]) is not var (flow, user))
        {
            return new SeeOther(LoginAddress.Start(ReturnUrl.CarriedBy(context.Request, login.Value.ReturnOrigins).Value));
        }

        if (await resets.BeginAsync(tenant.Id, user.UserId, delay, context.RequestAborted) is var (releaseAt, finish, cancel))
        {
            // Begun: from here on nothing stops half-way because a browser went away.
            var day = releaseAt.ToString("u", CultureInfo.InvariantCulture);
            await audit.WriteAsync(new AuditEvent(tenant.Id, AuditEventKind.SecondStepResetRequested, user.UserId, Detail: day), CancellationToken.None);
            RecoveryLog.SecondStepResetRequested(logger, user.UserId.ToString(), releaseAt);
            Announce(context, user, releaseAt, finish, cancel);
        }

        return new SeeOther(LoginAddress.With(RecoveryEndpoints.SecondStepPath, flow));
    }

    // Only from a login whose first factor is proved lately (mail alone is none) and whose account waits for a second: nobody else learns that there is one (I1).
    private async Task<(LoginFlow Flow, User User)?> WaitingAsync(HttpContext context, string? id) =>
        await transactions.FindAsync(context, tenant.Id, id, context.RequestAborted) is { } flow
        && flow.Factors.Any(factor => factor.Kinds != FactorKinds.None && time.GetUtcNow() - factor.ProvedAt <= s_lately)
        && await proofs.UserAsync(flow, context.RequestAborted) is { } user
        && await steps.HasPossessionAsync(user, context.RequestAborted)
            ? (flow, user)
            : null;

    private async Task<IResult> ShowLinkAsync(HttpContext context, string token, bool cancel)
    {
        if (await resets.PeekAsync(tenant.Id, token, cancel, context.RequestAborted) is not { } reset)
        {
            return Message(context, "LostStep.OverTitle", "LostStep.OverText", StatusCodes.Status410Gone);
        }

        return !cancel && time.GetUtcNow() < reset.ReleaseAt
            ? pages.Page<MessagePage>(
                context,
                StatusCodes.Status200OK,
                ("Title", pages.Texts(context)["LostStep.TooEarlyTitle"]),
                ("Text", pages.Texts(context).Format("LostStep.TooEarlyText", reset.ReleaseAt.UtcDateTime.ToString("f", pages.Texts(context).Culture))),
                ("LinkAddress", PagePaths.Login),
                ("LinkText", pages.Texts(context)["Login.Submit"]))
            : pages.Page<LostStepLinkPage>(context, StatusCodes.Status200OK, ("Token", token), ("Cancel", cancel));
    }

    private async Task<IResult> CancelAsync(HttpContext context, string token)
    {
        if (await resets.PeekAsync(tenant.Id, token, cancel: true, context.RequestAborted) is not { } reset
            || !await resets.CancelAsync(tenant.Id, new UserId(reset.User), CancellationToken.None))
        {
            return await OverAsync(context);
        }

        await audit.WriteAsync(new AuditEvent(tenant.Id, AuditEventKind.SecondStepResetCancelled, new UserId(reset.User)), CancellationToken.None);
        return new SeeOther(RecoveryEndpoints.SecondStepPath + "?done=cancelled");
    }

    private async Task<IResult> FinishAsync(HttpContext context, string token)
    {
        if (await resets.PeekAsync(tenant.Id, token, cancel: false, context.RequestAborted) is not { } reset
            || await users.FindAsync(new UserId(reset.User), context.RequestAborted) is not { Disabled: false } user
            || !await resets.FinishAsync(tenant.Id, reset, CancellationToken.None))
        {
            return await OverAsync(context);
        }

        foreach (var method in methods)
        {
            await method.ResetAsync(user, CancellationToken.None);
        }

        await sessions.RevokeAllAsync(tenant.Id, user.UserId, except: null, CancellationToken.None);
        await audit.WriteAsync(new AuditEvent(tenant.Id, AuditEventKind.SecondStepReset, user.UserId), CancellationToken.None);
        RecoveryLog.SecondStepReset(logger, user.UserId.ToString());
        await notices.SendAsync(context, user, new SecurityNotice("Notice.SecondStepReset"));
        return new SeeOther(RecoveryEndpoints.SecondStepPath + "?done=reset");
    }

    private async Task<IResult> OverAsync(HttpContext context)
    {
        await attacks.FailedAsync(context, tenant.Id, account: null, "second-step-link", context.RequestAborted);
        return Message(context, "LostStep.OverTitle", "LostStep.OverText", StatusCodes.Status410Gone);
    }

    private void Announce(HttpContext context, User user, DateTimeOffset releaseAt, string finish, string cancel)
    {
        if (EmailAddress.TryParse(user.Email, out var email))
        {
            mailer.Send(new MailMessage(email, "second-step-reset-requested", pages.Texts(context).Language, ImmutableDictionary<string, string>.Empty
                .Add("date", releaseAt.UtcDateTime.ToString("f", pages.Texts(context).Culture) + " UTC")
                .Add("finish", Link(context, finish, cancel: false))
                .Add("cancel", Link(context, cancel, cancel: true))
                .Add("recover", addresses.Link(PagePaths.Recover))));
        }
    }

    private string Link(HttpContext context, string secret, bool cancel)
    {
        var query = new QueryBuilder { { "token", secret }, { "lang", pages.Texts(context).Language } };
        if (cancel)
        {
            query.Add("cancel", "1");
        }

        return addresses.Link(RecoveryEndpoints.SecondStepPath + query);
    }

    private IResult Message(HttpContext context, string title, string text, int status = StatusCodes.Status200OK)
    {
        var texts = pages.Texts(context);
        return pages.Page<MessagePage>(context, status, ("Title", texts[title]), ("Text", texts[text]), ("LinkAddress", PagePaths.Login), ("LinkText", texts["Login.Submit"]));
    }
}
