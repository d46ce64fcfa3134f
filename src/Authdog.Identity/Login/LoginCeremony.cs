using System.Globalization;
using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Login;

/// <summary>Leads a browser through a login: who are you, prove it until it is enough, back to where you wanted to go. Every step can be reloaded, and none is a dead end.</summary>
internal sealed class LoginCeremony(
    LoginTransactions transactions,
    LoginSteps steps,
    LoginProofs proofs,
    LoginCompletion completion,
    LoginMandates mandates,
    LoginAttempts attempts,
    AuditLog audit,
    LoginPages show,
    CurrentTenant tenant,
    PageRenderer pages,
    ErrorPages errors,
    TenantOptions<LoginOptions> options,
    TimeProvider time)
{
    public async Task<IResult> ShowAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var session = context.Features.Get<SessionFeature>()?.Session;
        if (await transactions.FindAsync(context, tenant.Id, query["flow"], context.RequestAborted) is { } flow)
        {
            if (flow.Transaction.Attach is not null)
            {
                return new SeeOther(flow.Transaction.Return);
            }

            // The other of two tabs has signed in meanwhile: this one need not.
            return session is not null && IsFor(flow, session) && flow.Transaction.Requirement.IsMetBy(session, time.GetUtcNow()) && !query.ContainsKey("change")
                ? new SeeOther(flow.Transaction.Return)
                : await ContinueAsync(context, flow);
        }

        var target = ReturnUrl.ParseOrRoot(query["return"], options.Value.ReturnOrigins);
        var requirement = LoginRequirement.Read(query, time.GetUtcNow());
        if (session is not null && requirement.IsMetBy(session, time.GetUtcNow()))
        {
            return new SeeOther(target.Value);
        }

        var begun = transactions.Begin(context, tenant.Id, target, requirement);
        return session is not null
            ? await StepUpAsync(context, begun, session)
            : await show.AskWhoAsync(context, begun, FormErrors.None, email: null, expired: query.ContainsKey("flow") || query.ContainsKey("expired"));
    }

    public async Task<IResult> PostAsync(HttpContext context)
    {
        var form = context.Request.Form;
        if (await transactions.FindAsync(context, tenant.Id, form["flow"], context.RequestAborted) is not { } flow)
        {
            var target = ReturnUrl.ParseOrRoot(form["return"], options.Value.ReturnOrigins);
            return new SeeOther(LoginAddress.Start(target.Value) + (target == ReturnUrl.Root ? "?expired=1" : "&expired=1"));
        }

        if (flow.Transaction.Attach is not null)
        {
            return new SeeOther(flow.Transaction.Return);
        }

        if (form.ContainsKey("later"))
        {
            return await PostponeAsync(context, flow);
        }

        if (form["method"].ToString() is { Length: > 0 } name && steps.Find(name) is { } method && (flow.Transaction.Email is not null || method.NeedsNoIdentifier))
        {
            return await ProveAsync(context, flow, method);
        }

        if (!EmailAddress.TryParse(form["email"], out var email))
        {
            return await show.AskWhoAsync(context, flow, FormErrors.Of("email", pages.Texts(context)["Email.Invalid"]), form["email"], expired: false);
        }

        if (!await attempts.MayIdentifyAsync(context, context.RequestAborted))
        {
            return errors.Page(context, ErrorKind.TooManyRequests);
        }

        // Lost against another tab's change: the page that follows shows whichever won.
        var named = flow.Transaction.Forgotten() with { Email = email.Value };
        var changed = await transactions.UpdateAsync(context, tenant.Id, flow, named, context.RequestAborted);
        return new SeeOther(LoginAddress.Of(changed ?? flow));
    }

    private static bool IsFor(LoginFlow flow, Session session) =>
        flow.Transaction.User is { } user
            ? user == session.User.Value
            : flow.Transaction.Email is not { } typed || (EmailAddress.TryParse(typed, out var asked) && EmailAddress.TryParse(session.Email, out var own) && asked.Normalized == own.Normalized);

    // Written at once: from here on each step has an address of its own, and the session says who it is.
    private async Task<IResult> StepUpAsync(HttpContext context, LoginFlow begun, Session session)
    {
        if (!await attempts.MayIdentifyAsync(context, context.RequestAborted))
        {
            return errors.Page(context, ErrorKind.TooManyRequests);
        }

        var known = begun.Transaction with { Email = session.Email, User = session.User.Value };
        var written = await transactions.UpdateAsync(context, tenant.Id, begun, known, context.RequestAborted);
        return new SeeOther(LoginAddress.Of(written!));
    }

    private async Task<IResult> ContinueAsync(HttpContext context, LoginFlow flow)
    {
        if (context.Request.Query.ContainsKey("change"))
        {
            return await show.AskWhoAsync(context, flow, FormErrors.None, flow.Transaction.Email, expired: false);
        }

        var user = await proofs.UserAsync(flow, context.RequestAborted);
        if (flow.User is not null && user is null)
        {
            return new SeeOther(LoginAddress.Start(flow.Transaction.Return));
        }

        switch (await steps.NextAsync(flow, user, context.RequestAborted))
        {
            case LoginNext.Identify when steps.Find(context.Request.Query["method"].ToString()) is { NeedsNoIdentifier: true } method:
                return await method.StartAsync(context, new LoginStep(flow, null, Enrolling: false, HasOthers: true), refusal: null);
            case LoginNext.Identify:
                return await show.AskWhoAsync(context, flow, FormErrors.None, email: null, expired: false);
            case LoginNext.Prove prove:
                return await show.MethodAsync(context, flow, user, prove);
            case LoginNext.Enrol or LoginNext.Settle when await completion.HinderAsync(context, flow, user!) is { } elsewhere:
                return new SeeOther(elsewhere);
            case LoginNext.Enrol enrol:
                return await show.EnrolmentAsync(context, flow, user!, enrol);
            case LoginNext.Settle settle:
                return new SeeOther(LoginAddress.With(settle.Condition.Path, flow));
            case LoginNext.Complete:
                return new SeeOther(await completion.CompleteAsync(context, flow, user!));
            default:
                return await show.UnreachableAsync(context, flow, user);
        }
    }

    private async Task<IResult> ProveAsync(HttpContext context, LoginFlow flow, IAuthenticationMethod method)
    {
        if (!flow.IsWritten)
        {
            if (!await attempts.MayIdentifyAsync(context, context.RequestAborted))
            {
                return errors.Page(context, ErrorKind.TooManyRequests);
            }

            flow = (await transactions.UpdateAsync(context, tenant.Id, flow, flow.Transaction, context.RequestAborted))!;
        }

        // Neither asked for nor on offer, as after the back button: the page that follows shows what is.
        var user = await proofs.UserAsync(flow, context.RequestAborted);
        if ((flow.User is not null && user is null) || await StepAsync(flow, user, method, context.RequestAborted) is not { } step)
        {
            return new SeeOther(LoginAddress.Of(flow));
        }

        if (step.Enrolling && await completion.HinderAsync(context, flow, user!) is { } elsewhere)
        {
            return new SeeOther(elsewhere);
        }

        switch (await method.ProveAsync(context, step, context.Request.Form, context.RequestAborted))
        {
            case LoginProof.Proved proved when (await mandates.FindAsync(proved.User.Email, context.RequestAborted)).Refuses(method):
                // Right, and not to be used: the answer is that of a wrong one (I1).
                await audit.WriteAsync(new AuditEvent(tenant.Id, AuditEventKind.SignInFailed, proved.User.UserId, Detail: $"{method.Name} where a connection is mandated"), context.RequestAborted);
                return await method.StartAsync(context, step, new LoginProof.Refused("password", "Password.Wrong"));
            case LoginProof.Proved proved:
                return await proofs.AcceptAsync(context, flow, proved);
            case LoginProof.Continues continues:
                return continues.Answer;
            case LoginProof.Throttled throttled:
                await audit.WriteSampledAsync(new AuditEvent(tenant.Id, AuditEventKind.SignInThrottled, user?.UserId, Detail: method.Name), flow.Transaction.Email ?? string.Empty, context.RequestAborted);
                await proofs.RefusedAsync(context, step, method);
                context.Response.Headers.RetryAfter = Math.Ceiling(throttled.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                return show.Throttled(context, step, throttled);
            case LoginProof.Refused refused:
                await proofs.RefusedAsync(context, step, method);
                return await method.StartAsync(context, step, refused);
            default:
                return errors.Page(context, ErrorKind.BadRequest);
        }
    }

    private async Task<LoginStep?> StepAsync(LoginFlow flow, User? user, IAuthenticationMethod method, CancellationToken cancellationToken) =>
        await steps.NextAsync(flow, user, cancellationToken) switch
        {
            LoginNext.Identify when method.NeedsNoIdentifier => new LoginStep(flow, null, Enrolling: false, HasOthers: true),
            LoginNext.Prove prove when prove.Methods.Contains(method) => new LoginStep(flow, user, Enrolling: false, prove.Methods.Count > 1),
            LoginNext.Enrol enrol when enrol.Methods.Contains(method) => new LoginStep(flow, user, Enrolling: true, HasOthers: true),
            _ => null,
        };

    private async Task<IResult> PostponeAsync(HttpContext context, LoginFlow flow)
    {
        var user = await proofs.UserAsync(flow, context.RequestAborted);
        var postponed = user is not null && await steps.NextAsync(flow, user, context.RequestAborted) is LoginNext.Enrol { Until: not null }
            ? await transactions.UpdateAsync(context, tenant.Id, flow, flow.Transaction with { Postponed = true }, context.RequestAborted)
            : null;
        return postponed is null ? new SeeOther(LoginAddress.Of(flow)) : await ContinueAsync(context, postponed);
    }
}
