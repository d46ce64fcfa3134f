using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Notices;
using Authdog.Identity.Pages;
using Authdog.Identity.Passwords.Breaches;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Authdog.Identity.Passwords.Replacement;

/// <summary>Between the last proof of a login and its session: a leaked password is replaced before anything else. All other sessions end, since somebody else may have had it.</summary>
internal sealed class LeakedPasswordCeremony(
    LoginTransactions transactions,
    LoginProofs proofs,
    LoginSteps steps,
    LoginCompletion completion,
    LeakedPasswords leaked,
    UserDirectory users,
    NewPasswords passwords,
    PasswordHashing hashing,
    SessionStore sessions,
    SecurityNotices notices,
    CurrentTenant tenant,
    PageRenderer pages)
{
    /// <summary>Whether nothing is to be replaced.</summary>
    public static ValueTask<bool> IsMetAsync(User user, CancellationToken cancellationToken) => ValueTask.FromResult(user.PasswordLeakedAt is null || user.PasswordHash is null);

    /// <summary>The right password was typed, and it is a leaked one.</summary>
    public async Task FoundAsync(HttpContext context, User user)
    {
        await users.SetPasswordLeakedAsync(user, leaked.AtSignIn is LeakedPasswordTreatment.Replace, context.RequestAborted);
        await notices.SendAsync(context, user, new SecurityNotice("Notice.PasswordLeaked"));
    }

    public async Task<IResult> ShowAsync(HttpContext context) =>
        await FindAsync(context, context.Request.Query["flow"]) is var (flow, _)
            ? Form(context, flow, FormErrors.None)
            : Back(context.Request.Query["flow"], context.Request.Query["return"]);

    public async Task<IResult> PostAsync(HttpContext context)
    {
        var form = context.Request.Form;
        if (await FindAsync(context, form["flow"]) is not var (flow, user) || !EmailAddress.TryParse(user.Email, out var email))
        {
            return Back(form["flow"], form["return"]);
        }

        // Whoever may have it from the leak alone must not choose the next one: by default nothing hinders them, but where the tenant says so.
        if (await completion.HinderAsync(context, flow, user) is { } elsewhere)
        {
            return new SeeOther(elsewhere);
        }

        var password = form["password"].ToString();
        if (await passwords.ProblemAsync(pages.Texts(context), password, email, user.Name, context.RequestAborted) is { } problem)
        {
            return Form(context, flow, FormErrors.Of("password", problem));
        }

        var hash = await hashing.HashAsync(password, LoginAttempts.Network(context.Connection.RemoteIpAddress), context.RequestAborted);

        // From here on nothing stops half-way because a browser went away.
        await users.SetPasswordHashAsync(user, hash, CancellationToken.None);
        await sessions.RevokeAllAsync(tenant.Id, user.UserId, except: null, CancellationToken.None);
        await notices.SendAsync(context, user, new SecurityNotice("Notice.PasswordChanged"));

        // The new stamp ends every other login that the old password began; this one, which set it, goes on.
        var changed = flow.Transaction with { Stamp = flow.Transaction.Stamp is null ? null : user.SecurityStamp };
        var written = await transactions.UpdateAsync(context, tenant.Id, flow, changed, CancellationToken.None);
        return new SeeOther(LoginAddress.Of(written ?? flow));
    }

    private async Task<(LoginFlow Flow, User User)?> FindAsync(HttpContext context, string? id) =>
        await transactions.FindAsync(context, tenant.Id, id, context.RequestAborted) is { } flow
        && await proofs.UserAsync(flow, context.RequestAborted) is { } user
        && await steps.NextAsync(flow, user, context.RequestAborted) is LoginNext.Settle { Condition.Path: LeakedPasswordEndpoints.Path }
            ? (flow, user)
            : null;

    // Settled in another tab, or over: the login knows how to go on.
    private static SeeOther Back(string? flow, string? target) => new(PagePaths.Login + new QueryBuilder { { "flow", flow ?? string.Empty }, { "return", target ?? "/" } });

    private IResult Form(HttpContext context, LoginFlow flow, FormErrors problems) => pages.Page<LeakedPasswordPage>(
        context,
        problems.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        ("Flow", flow),
        ("Errors", problems),
        ("PasswordHint", passwords.Hint(pages.Texts(context))));
}
