using Authdog.Identity.Accounts;
using Authdog.Identity.Login;
using Authdog.Identity.Mfa.Policies;
using Authdog.Identity.Notices;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Mfa;

/// <summary>Lets people see and change their second steps. Each change asks for a recent login and is told to the owner by mail.</summary>
internal sealed class SecondStepsCeremony(
    AccountPages account,
    StrongestAuthentication strongest,
    Authenticators authenticators,
    AuthenticatorSetup setup,
    RecoveryCodes codes,
    SecondFactorTries tries,
    MfaPolicy policy,
    LoginSteps steps,
    LoginCompletion completion,
    SessionStore sessions,
    UserDirectory users,
    SecurityNotices notices,
    PageRenderer pages,
    ErrorPages errors,
    IOptions<LoginOptions> login,
    TimeProvider time,
    ILogger<SecondStepsCeremony> logger)
{
    public async Task<IResult> ShowAsync(HttpContext context) =>
        account.Require(context, PagePaths.SecondSteps, out var refusal) is not { } session ? refusal
        : await users.FindAsync(session.User, context.RequestAborted) is { } user ? await OverviewAsync(context, session, user, FormErrors.None)
        : new SeeOther(PagePaths.Logout);

    public async Task<IResult> ShowAddAsync(HttpContext context)
    {
        var (session, refusal) = await strongest.RequireAsync(context, MfaEndpoints.AddPath);
        if (session is null)
        {
            return refusal;
        }

        return await users.FindAsync(session.User, context.RequestAborted) is { } user && await MayAddAsync(user, context.RequestAborted)
            ? await setup.ShowAsync(context, user, flow: null, FormErrors.None)
            : new SeeOther(PagePaths.SecondSteps);
    }

    public async Task<IResult> AddAsync(HttpContext context)
    {
        var (session, refusal) = await strongest.RequireAsync(context, MfaEndpoints.AddPath);
        if (session is null)
        {
            return refusal;
        }

        if (await users.FindAsync(session.User, context.RequestAborted) is not { } user || !await MayAddAsync(user, context.RequestAborted))
        {
            return new SeeOther(PagePaths.SecondSteps);
        }

        switch (await setup.ConfirmAsync(context, user, context.RequestAborted))
        {
            case AuthenticatorSetupResult.Added added:
                await RaiseAsync(context, session, user);
                return added.Codes.Count > 0 ? Shown(context, added.Codes, PagePaths.SecondSteps) : AccountPages.Done(PagePaths.SecondSteps, "second-step-added");
            case AuthenticatorSetupResult.Refused refused:
                return await setup.ShowAsync(context, user, flow: null, FormErrors.Of(refused.Field, pages.Texts(context)[refused.Text]));
            default:
                return errors.Page(context, ErrorKind.TooManyRequests);
        }
    }

    // A name opens nothing: whoever is signed in may change it.
    public async Task<IResult> RenameAsync(HttpContext context)
    {
        if (account.Require(context, PagePaths.SecondSteps, out var refusal) is not { } session)
        {
            return refusal;
        }

        var form = context.Request.Form;
        var name = form["name"].ToString().Trim();
        if (await users.FindAsync(session.User, context.RequestAborted) is not { } user || !Guid.TryParseExact(form["id"], "N", out var id))
        {
            return new SeeOther(PagePaths.SecondSteps);
        }

        if (name.Length == 0 || !AuthenticatorSetup.IsName(name))
        {
            return await OverviewAsync(context, session, user, FormErrors.Of(FormErrors.Form, pages.Texts(context)["Authenticator.NameInvalid"]));
        }

        return await authenticators.RenameAsync(user, id, name, context.RequestAborted)
            ? AccountPages.Done(PagePaths.SecondSteps, "second-step-renamed")
            : new SeeOther(PagePaths.SecondSteps);
    }

    /// <summary>The page that asks whether to remove an authenticator (GET), and its removal (POST).</summary>
    public async Task<IResult> RemoveAsync(HttpContext context, bool confirmed)
    {
        var text = (confirmed ? context.Request.Form["id"] : context.Request.Query["id"]).ToString();
        if (!Guid.TryParseExact(text, "N", out var id))
        {
            return new SeeOther(PagePaths.SecondSteps);
        }

        var (session, refusal) = await strongest.RequireAsync(context, MfaEndpoints.RemovalOf(id));
        if (session is null)
        {
            return refusal;
        }

        if (await users.FindAsync(session.User, context.RequestAborted) is not { } user
            || (await authenticators.ListAsync(user, context.RequestAborted)).FirstOrDefault(own => own.Id == id) is not { } authenticator)
        {
            return new SeeOther(PagePaths.SecondSteps);
        }

        if (policy.For(user, session.Roles).IsDue && await IsLastAsync(user, context.RequestAborted))
        {
            return await OverviewAsync(context, session, user, FormErrors.Of(FormErrors.Form, pages.Texts(context)["SecondSteps.Last"]));
        }

        return confirmed
            ? await RemoveAsync(context, session, user, id)
            : account.Page<RemoveAuthenticatorPage>(context, session, FormErrors.None, ("Authenticator", authenticator));
    }

    /// <summary>The page that asks whether to make new codes (GET), and the codes (POST).</summary>
    public async Task<IResult> CodesAsync(HttpContext context, bool confirmed)
    {
        // Who was warned at the end of a login goes on from here to where it led.
        var target = ReturnUrl.CarriedBy(context.Request, login.Value.ReturnOrigins);
        var (session, refusal) = await strongest.RequireAsync(context, MfaEndpoints.CodesTo(target.Value));
        if (session is null)
        {
            return refusal;
        }

        if (await users.FindAsync(session.User, context.RequestAborted) is not { } user || !await steps.IsProtectedAsync(user, context.RequestAborted))
        {
            return new SeeOther(PagePaths.SecondSteps);
        }

        if (!confirmed)
        {
            return account.Page<NewRecoveryCodesPage>(context, session, FormErrors.None, ("Left", await codes.LeftAsync(user, context.RequestAborted)), ("Return", target.Value));
        }

        var created = await codes.CreateAsync(user, CancellationToken.None);
        await tries.ReplacedAsync(context, user, RecoveryCodeMethod.MethodName, CancellationToken.None);
        await notices.SendAsync(context, user, new SecurityNotice("Notice.RecoveryCodesCreated"));
        MfaLog.RecoveryCodesCreated(logger, user.UserId.ToString());
        return Shown(context, created, target == ReturnUrl.Root ? PagePaths.SecondSteps : target.Value);
    }

    private async Task<IResult> RemoveAsync(HttpContext context, Session session, User user, Guid id)
    {
        if (!await authenticators.RemoveAsync(user, id, CancellationToken.None))
        {
            return new SeeOther(PagePaths.SecondSteps);
        }

        // Recovery codes are a way around a second step; without one they are for nothing.
        if (!await steps.IsProtectedAsync(user, CancellationToken.None))
        {
            await codes.RemoveAllAsync(user, CancellationToken.None);
        }

        await EndOthersAsync(session);
        await notices.SendAsync(context, user, new SecurityNotice("Notice.AuthenticatorRemoved"));
        MfaLog.AuthenticatorRemoved(logger, user.UserId.ToString());
        return AccountPages.Done(PagePaths.SecondSteps, "second-step-removed");
    }

    private async Task<bool> MayAddAsync(User user, CancellationToken cancellationToken) =>
        policy.For(user, policy.ConcernsRoles ? await users.RolesAsync(user, cancellationToken) : []).Offered && (await authenticators.ListAsync(user, cancellationToken)).Count < Authenticators.Maximum;

    // The first code was a proof like any other: this session rises, under a new id, and all others, which had less, end (OWASP ASVS 5, 7.4.3).
    private async Task RaiseAsync(HttpContext context, Session session, User user)
    {
        AuthenticationFactor factor = new() { Method = TotpMethod.MethodName, Amr = ["otp"], Kinds = FactorKinds.Possession, ProvedAt = time.GetUtcNow() };
        await EndOthersAsync(session);
        await completion.SignInAsync(context, user, Assurance.With(session.Factors, factor), session.AbsoluteExpiresAt);
    }

    private Task<int> EndOthersAsync(Session session) => sessions.RevokeAllAsync(session.Tenant, session.User, except: session.Id, CancellationToken.None);

    private async Task<bool> IsLastAsync(User user, CancellationToken cancellationToken) =>
        (await authenticators.ListAsync(user, cancellationToken)).Count == 1 && !await steps.IsProtectedByOtherAsync(TotpMethod.MethodName, user, cancellationToken);

    private IResult Shown(HttpContext context, IReadOnlyList<string> created, string next) =>
        pages.Page<RecoveryCodesShownPage>(context, StatusCodes.Status200OK, ("Codes", created), ("Next", next));

    private async Task<IResult> OverviewAsync(HttpContext context, Session session, User user, FormErrors problems) =>
        account.Page<SecondStepsPage>(
            context,
            session,
            problems,
            ("Authenticators", await authenticators.ListAsync(user, context.RequestAborted)),
            ("CodesLeft", await codes.LeftAsync(user, context.RequestAborted)),
            ("IsProtected", await steps.IsProtectedAsync(user, context.RequestAborted)),
            ("MayAdd", await MayAddAsync(user, context.RequestAborted)));
}
