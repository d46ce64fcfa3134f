using Authdog.Identity.Attacks;
using Authdog.Identity.Consents;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Passwords;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.SignUp;

/// <summary>Verifies an address by the mail's link or code, and only then makes the user.</summary>
internal sealed class VerificationCeremony(
    PendingSignUps pendings,
    BrowserBinding binding,
    UserDirectory users,
    PasswordHashing hashing,
    NewPasswords passwords,
    ConsentLedger ledger,
    SignUpAdmissions admissions,
    AttackWatch attacks,
    CurrentTenant tenant,
    PageRenderer pages,
    TenantOptions<SignUpOptions> options,
    IOptions<LoginOptions> login,
    ILogger<VerificationCeremony> logger)
{
    public async Task<IResult> ShowAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (query.ContainsKey("verified"))
        {
            return Verified(context, ReturnUrl.CarriedBy(context.Request, login.Value.ReturnOrigins));
        }

        if (query["token"].ToString() is { Length: > 0 } token)
        {
            return await pendings.PeekAsync(tenant.Id, token, context.RequestAborted) is { } found
                ? LinkForm(context, found, token, FormErrors.None)
                : LinkOver(context);
        }

        return await FindOwnAsync(context, query["flow"]) is { } pending ? CodeForm(context, query["flow"]!, pending, FormErrors.None) : LinkOver(context);
    }

    public Task<IResult> PostAsync(HttpContext context) =>
        context.Request.Form["token"].ToString() is { Length: > 0 } token ? VerifyByLinkAsync(context, token) : VerifyByCodeAsync(context);

    private async Task<IResult> VerifyByLinkAsync(HttpContext context, string token)
    {
        if (await pendings.PeekAsync(tenant.Id, token, context.RequestAborted) is not { } found || !EmailAddress.TryParse(found.Email, out var email))
        {
            await attacks.FailedAsync(context, tenant.Id, account: null, "verification-link", context.RequestAborted);
            return LinkOver(context);
        }

        // I4: whoever signed up with somebody else's address must not share the account with its owner. The password typed at
        // sign-up counts only in the browser that typed it; anywhere else the person who has the mail sets a new one.
        var (name, hash, answers) = (found.Name, found.PasswordHash, found.Consents);
        if (!binding.Matches(context, found.Binding))
        {
            var password = context.Request.Form["password"].ToString();
            if (await passwords.ProblemAsync(pages.Texts(context), password, email, name: null, context.RequestAborted) is { } problem)
            {
                return LinkForm(context, found, token, FormErrors.Of("password", problem));
            }

            (answers, name, hash) = ([], null, await hashing.HashAsync(password, LoginAttempts.Network(context.Connection.RemoteIpAddress), context.RequestAborted));
        }

        return await pendings.TakeByLinkAsync(tenant.Id, token, context.RequestAborted) is null
            ? LinkOver(context)
            : await CreateAsync(context, email, name, hash, answers, found.Return);
    }

    private async Task<IResult> VerifyByCodeAsync(HttpContext context)
    {
        var id = context.Request.Form["flow"].ToString();
        if (await FindOwnAsync(context, id) is not { } own)
        {
            return LinkOver(context);
        }

        var taken = await pendings.TakeByCodeAsync(tenant.Id, id, context.Request.Form["code"], context.RequestAborted);
        if (taken is null || !EmailAddress.TryParse(taken.Email, out var email))
        {
            await attacks.FailedAsync(context, tenant.Id, EmailAddress.TryParse(own.Email, out var typed) ? typed.Normalized : null, "verification-code", context.RequestAborted);
            return CodeForm(context, id, own, FormErrors.Of("code", pages.Texts(context)["Code.Wrong"]));
        }

        return await CreateAsync(context, email, taken.Name, taken.PasswordHash, taken.Consents, taken.Return);
    }

    private async Task<IResult> CreateAsync(HttpContext context, EmailAddress email, string? name, string hash, IReadOnlyList<ConsentAnswer> answers, string target)
    {
        // Asked again: the domain may have been taken away, or sign-up shut, since the mail was sent.
        if (!options.Value.Enabled && !await admissions.AdmitAsync(email, context.RequestAborted))
        {
            return LinkOver(context);
        }

        if (await users.CreateAsync(email, emailVerified: true, name, hash, context.RequestAborted) is not { } user)
        {
            // Verified by another link meanwhile: that account stays as it is.
            return LinkOver(context);
        }

        await admissions.WelcomeAsync(user, email, CancellationToken.None);
        await ledger.AddAsync(user.UserId, answers, CancellationToken.None);
        SignUpLog.Verified(logger, user.UserId.ToString());
        return new SeeOther(PagePaths.VerifyEmail + new QueryBuilder { { "verified", "1" }, { "return", target } });
    }

    private async Task<PendingSignUp?> FindOwnAsync(HttpContext context, string? id) =>
        await pendings.FindAsync(tenant.Id, id, context.RequestAborted) is { } pending && binding.Matches(context, pending.Binding) ? pending : null;

    private IResult LinkForm(HttpContext context, PendingSignUp found, string token, FormErrors problems) =>
        pages.Page<VerifyLinkPage>(
            context,
            problems.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            ("Errors", problems),
            ("Token", token),
            ("Email", found.Email),
            ("Return", found.Return),
            ("PasswordHint", binding.Matches(context, found.Binding) ? null : passwords.Hint(pages.Texts(context))));

    private IResult CodeForm(HttpContext context, string id, PendingSignUp pending, FormErrors problems) =>
        pages.Page<VerifyCodePage>(
            context,
            problems.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            ("Errors", problems),
            ("Flow", id),
            ("Email", pending.Email),
            ("Return", pending.Return));

    private IResult Verified(HttpContext context, ReturnUrl target)
    {
        var texts = pages.Texts(context);
        return pages.Page<MessagePage>(
            context,
            StatusCodes.Status200OK,
            ("Title", texts["Verified.Title"]),
            ("Text", texts["Verified.Text"]),
            ("LinkAddress", LoginAddress.Start(target.Value)),
            ("LinkText", texts["Login.Submit"]));
    }

    private IResult LinkOver(HttpContext context)
    {
        var texts = pages.Texts(context);
        return pages.Page<MessagePage>(
            context,
            StatusCodes.Status410Gone,
            ("Title", texts["Verify.OverTitle"]),
            ("Text", texts["Verify.OverText"]),
            ("LinkAddress", LoginAddress.Start(ReturnUrl.CarriedBy(context.Request, login.Value.ReturnOrigins).Value)),
            ("LinkText", texts["Login.Submit"]));
    }
}
