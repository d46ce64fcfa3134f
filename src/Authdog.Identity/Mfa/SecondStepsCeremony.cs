using Authdog.Identity.Login;
using Authdog.Identity.Mfa.Policies;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Mfa;

/// <summary>Lets people see and change their second steps. Each change asks for a recent login and is told to the owner by mail.</summary>
internal sealed class SecondStepsCeremony(
    RecentLogin recent,
    Authenticators authenticators,
    AuthenticatorSetup setup,
    RecoveryCodes codes,
    MfaPolicy policy,
    LoginSteps steps,
    LoginCompletion completion,
    SessionStore sessions,
    UserDirectory users,
    MfaNotices notices,
    PageRenderer pages,
    ErrorPages errors,
    TimeProvider time,
    ILogger<SecondStepsCeremony> logger)
{
    public async Task<IResult> ShowAsync(HttpContext context)
    {
        IResult refusal = null!;
        return await recent.SignedInAsync(context, PagePaths.SecondSteps, answer => refusal = answer) is var (_, user)
            ? await PageAsync(context, user, FormErrors.None)
            : refusal;
    }

    public async Task<IResult> ShowAddAsync(HttpContext context)
    {
        IResult refusal = null!;
        if (await recent.RequireAsync(context, MfaEndpoints.AddPath, answer => refusal = answer) is not var (_, user))
        {
            return refusal;
        }

        return await MayAddAsync(user, context.RequestAborted) ? setup.Show(context, user, flow: null, FormErrors.None) : new SeeOther(PagePaths.SecondSteps);
    }

    public async Task<IResult> AddAsync(HttpContext context)
    {
        IResult refusal = null!;
        if (await recent.RequireAsync(context, MfaEndpoints.AddPath, answer => refusal = answer) is not var (session, user))
        {
            return refusal;
        }

        if (!await MayAddAsync(user, context.RequestAborted))
        {
            return new SeeOther(PagePaths.SecondSteps);
        }

        var texts = pages.Texts(context);
        switch (await setup.ConfirmAsync(context, user, context.RequestAborted))
        {
            case AuthenticatorSetupResult.Added added:
                await RaiseAsync(context, session, user);
                return added.Codes.Count > 0 ? Shown(context, added.Codes) : new SeeOther(PagePaths.SecondSteps + "?done=added");
            case AuthenticatorSetupResult.Refused refused:
                return setup.Show(context, user, flow: null, FormErrors.Of(refused.Field, texts[refused.Text]));
            default:
                return errors.Page(context, ErrorKind.TooManyRequests);
        }
    }

    public async Task<IResult> RenameAsync(HttpContext context)
    {
        IResult refusal = null!;
        if (await recent.RequireAsync(context, PagePaths.SecondSteps, answer => refusal = answer) is not var (_, user))
        {
            return refusal;
        }

        var form = context.Request.Form;
        var name = form["name"].ToString().Trim();
        if (name.Length == 0 || !AuthenticatorSetup.IsName(name))
        {
            return await PageAsync(context, user, FormErrors.Of(FormErrors.Form, pages.Texts(context)["Authenticator.NameInvalid"]));
        }

        var renamed = Guid.TryParseExact(form["id"], "N", out var id) && await authenticators.RenameAsync(user, id, name, context.RequestAborted);
        return new SeeOther(PagePaths.SecondSteps + (renamed ? "?done=renamed" : string.Empty));
    }

    public async Task<IResult> RemoveAsync(HttpContext context)
    {
        IResult refusal = null!;
        if (await recent.RequireAsync(context, PagePaths.SecondSteps, answer => refusal = answer) is not var (session, user))
        {
            return refusal;
        }

        if (!Guid.TryParseExact(context.Request.Form["id"], "N", out var id))
        {
            return new SeeOther(PagePaths.SecondSteps);
        }

        if (await IsLastAsync(user, context.RequestAborted) && policy.For(user, session.Roles).IsDue)
        {
            return await PageAsync(context, user, FormErrors.Of(FormErrors.Form, pages.Texts(context)["SecondSteps.Last"]));
        }

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
        notices.Send(context, user, "authenticator-removed");
        MfaLog.AuthenticatorRemoved(logger, user.UserId.ToString());
        return new SeeOther(PagePaths.SecondSteps + "?done=removed");
    }

    public async Task<IResult> CreateCodesAsync(HttpContext context)
    {
        IResult refusal = null!;
        if (await recent.RequireAsync(context, PagePaths.SecondSteps, answer => refusal = answer) is not var (_, user))
        {
            return refusal;
        }

        if (!await steps.IsProtectedAsync(user, context.RequestAborted))
        {
            return new SeeOther(PagePaths.SecondSteps);
        }

        var created = await codes.CreateAsync(user, CancellationToken.None);
        notices.Send(context, user, "recovery-codes-created");
        MfaLog.RecoveryCodesCreated(logger, user.UserId.ToString());
        return Shown(context, created);
    }

    private async Task<bool> MayAddAsync(User user, CancellationToken cancellationToken) =>
        policy.For(user, await users.RolesAsync(user, cancellationToken)).Offered && (await authenticators.ListAsync(user, cancellationToken)).Count < Authenticators.Maximum;

    // The first code was a proof like any other: this session rises, under a new id, and all others, which had less, end (OWASP ASVS 5, 7.4.3).
    private async Task RaiseAsync(HttpContext context, Session session, User user)
    {
        AuthenticationFactor factor = new() { Method = "totp", Amr = ["otp"], Kinds = FactorKinds.Possession, ProvedAt = time.GetUtcNow() };
        await EndOthersAsync(session);
        await completion.SignInAsync(context, user, Assurance.With(session.Factors, factor), session.AbsoluteExpiresAt);
    }

    private Task<int> EndOthersAsync(Session session) => sessions.RevokeAllAsync(session.Tenant, session.User, except: session.Id, CancellationToken.None);

    private async Task<bool> IsLastAsync(User user, CancellationToken cancellationToken) =>
        (await authenticators.ListAsync(user, cancellationToken)).Count == 1 && !await steps.IsProtectedByOtherAsync("totp", user, cancellationToken);

    private IResult Shown(HttpContext context, IReadOnlyList<string> created) =>
        pages.Page<RecoveryCodesShownPage>(context, StatusCodes.Status200OK, ("Codes", created), ("Next", PagePaths.SecondSteps));

    private async Task<IResult> PageAsync(HttpContext context, User user, FormErrors problems)
    {
        var list = await authenticators.ListAsync(user, context.RequestAborted);
        var texts = pages.Texts(context);
        return pages.Page<SecondStepsPage>(
            context,
            problems.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            ("Errors", problems),
            ("Authenticators", list),
            ("CodesLeft", await codes.LeftAsync(user, context.RequestAborted)),
            ("IsProtected", await steps.IsProtectedAsync(user, context.RequestAborted)),
            ("MayAdd", await MayAddAsync(user, context.RequestAborted)),
            ("Done", problems.Any ? null : context.Request.Query["done"].ToString() switch
            {
                "added" => texts["SecondSteps.Added"],
                "renamed" => texts["SecondSteps.Renamed"],
                "removed" => texts["SecondSteps.Removed"],
                _ => null,
            }));
    }
}
