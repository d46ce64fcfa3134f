using System.Globalization;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Login;

/// <summary>Leads a browser through a login: who are you, prove it, back to where you wanted to go. Every step can be reloaded, and none is a dead end.</summary>
internal sealed class LoginCeremony(
    LoginTransactions transactions,
    LoginCompletion completion,
    LoginAttempts attempts,
    IEnumerable<IAuthenticationMethod> methods,
    CurrentTenant tenant,
    SignUpOffer signUp,
    PageRenderer pages,
    ErrorPages errors,
    TenantOptions<LoginOptions> options,
    TimeProvider time)
{
    private IEnumerable<IAuthenticationMethod> Allowed => methods.Where(method => options.Value.Allows(method.Name));

    public async Task<IResult> ShowAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var target = ReturnUrl.ParseOrRoot(query["return"], options.Value.ReturnOrigins);
        var session = context.Features.Get<SessionFeature>()?.Session;
        if (await transactions.FindAsync(context, tenant.Id, query["flow"], context.RequestAborted) is { } flow)
        {
            // The other of two tabs has signed in meanwhile: this one need not.
            return session is not null && Satisfies(session, flow.Transaction)
                ? new SeeOther(flow.Transaction.Return)
                : await ContinueAsync(context, flow, query.ContainsKey("change"));
        }

        LoginTransaction asked = new() { Binding = string.Empty, Return = target.Value, Acr = Acr(query["acr"]), Reauthenticate = IsTooOld(session, query) };
        if (session is not null && Satisfies(session, asked))
        {
            return new SeeOther(target.Value);
        }

        if (asked.Acr is { } acr && !Allowed.Any(method => Reaches(method.Acr, acr)))
        {
            return errors.Page(context, ErrorKind.StrongerSignInUnavailable);
        }

        var begun = transactions.Begin(context, target, asked.Acr, asked.Reauthenticate);
        return AskWho(context, begun, FormErrors.None, asked.Reauthenticate ? session?.Email : null, expired: query.ContainsKey("flow") || query.ContainsKey("expired"));
    }

    public async Task<IResult> PostAsync(HttpContext context)
    {
        var form = context.Request.Form;
        if (await transactions.FindAsync(context, tenant.Id, form["flow"], context.RequestAborted) is not { } flow)
        {
            var target = ReturnUrl.ParseOrRoot(form["return"], options.Value.ReturnOrigins);
            return new SeeOther(LoginAddress.Start(target.Value) + (target == ReturnUrl.Root ? "?expired=1" : "&expired=1"));
        }

        if (form["method"].ToString() is { Length: > 0 } name && flow.Transaction.Email is not null)
        {
            return await ProveAsync(context, flow, name);
        }

        if (!EmailAddress.TryParse(form["email"], out var email))
        {
            return AskWho(context, flow, FormErrors.Of("email", pages.Texts(context)["Email.Invalid"]), form["email"], expired: false);
        }

        if (!await attempts.MayIdentifyAsync(context, tenant.Id, context.RequestAborted))
        {
            return errors.Page(context, ErrorKind.TooManyRequests);
        }

        // Lost against another tab's change: the page that follows shows whichever won.
        var changed = await transactions.UpdateAsync(tenant.Id, flow, flow.Transaction with { Email = email.Value }, context.RequestAborted);
        return new SeeOther(LoginAddress.Of(changed ?? flow));
    }

    private async Task<IResult> ContinueAsync(HttpContext context, LoginFlow flow, bool change)
    {
        if (flow.Transaction.Email is null || change)
        {
            return AskWho(context, flow, FormErrors.None, flow.Transaction.Email, expired: false);
        }

        foreach (var method in Allowed)
        {
            if (Reaches(method.Acr, flow.Transaction.Acr) && await method.IsAvailableAsync(flow.Transaction, context.RequestAborted))
            {
                return method.Start(context, flow, refusal: null);
            }
        }

        return errors.Page(context, ErrorKind.StrongerSignInUnavailable);
    }

    private async Task<IResult> ProveAsync(HttpContext context, LoginFlow flow, string name)
    {
        var method = Allowed.FirstOrDefault(method => method.Name == name);
        if (method is null || !await method.IsAvailableAsync(flow.Transaction, context.RequestAborted))
        {
            return errors.Page(context, ErrorKind.BadRequest);
        }

        switch (await method.ProveAsync(context, flow, context.Request.Form, context.RequestAborted))
        {
            case LoginProof.Proved proved:
                await completion.CompleteAsync(context, flow, proved, method.Acr);
                return new SeeOther(flow.Transaction.Return);
            case LoginProof.Throttled throttled:
                context.Response.Headers.RetryAfter = Math.Ceiling(throttled.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                return pages.Page<ThrottledPage>(
                    context,
                    StatusCodes.Status429TooManyRequests,
                    ("Text", LoginAttempts.Explain(pages.Texts(context), throttled.RetryAfter)),
                    ("Login", LoginAddress.Of(flow)),
                    ("Recover", LoginAddress.With(PagePaths.Recover, flow)));
            case LoginProof.Refused refused:
                return method.Start(context, flow, refused);
            default:
                return errors.Page(context, ErrorKind.BadRequest);
        }
    }

    private IResult AskWho(HttpContext context, LoginFlow flow, FormErrors problems, string? email, bool expired) =>
        pages.Page<IdentifierPage>(
            context,
            problems.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            ("Flow", flow),
            ("Errors", problems),
            ("Email", email),
            ("SignUpOffered", signUp.Offered),
            ("Expired", expired),
            ("Reauthenticate", flow.Transaction.Reauthenticate));

    private bool IsTooOld(Session? session, IQueryCollection query)
    {
        if (session is null)
        {
            return false;
        }

        return query["prompt"] == "login"
            || (int.TryParse(query["max_age"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && time.GetUtcNow() - session.AuthenticatedAt > TimeSpan.FromSeconds(seconds));
    }

    private static bool Satisfies(Session session, LoginTransaction asked) => !asked.Reauthenticate && Reaches(session.Acr, asked.Acr);

    private static string? Acr(string? text) => text is "aal1" or "aal2" or "aal3" ? text : null;

    private static bool Reaches(string reached, string? asked) => asked is null || string.CompareOrdinal(reached, asked) >= 0;
}
