using Authdog.Identity.Login;
using Authdog.Identity.Notices;
using Authdog.Identity.Pages;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using QRCoder;

namespace Authdog.Identity.Mfa;

/// <summary>Sets up an authenticator app: the secret as QR code and as text, and the first code, without which nothing is kept. In a login and from the account page alike.</summary>
internal sealed class AuthenticatorSetup(
    Authenticators authenticators,
    PendingAuthenticators pendings,
    RecoveryCodes codes,
    SecondFactorTries tries,
    SecurityNotices notices,
    PageRenderer pages,
    IOptions<BrandOptions> brand,
    ILogger<AuthenticatorSetup> logger)
{
    private const int MaxName = 64;

    // Pixels of one module in the picture's own measure; the page scales it.
    private const int Module = 8;

    /// <summary>The page, for a new secret or, after a wrong code, for the same.</summary>
    /// <param name="context">The request.</param>
    /// <param name="user">Whose it is going to be.</param>
    /// <param name="flow">The login that it is part of; null from the account page.</param>
    /// <param name="problems">What was wrong with the post before.</param>
    public async Task<IResult> ShowAsync(HttpContext context, User user, LoginFlow? flow, FormErrors problems)
    {
        var form = problems.Any ? context.Request.Form : null;
        var pending = (form is null ? null : pendings.Find(user, form["pending"])) ?? pendings.Begin(user);
        var address = pending.Address(brand.Value.ProductName, user.Email ?? string.Empty);
        return pages.Page<AuthenticatorSetupPage>(
            context,
            problems.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            ("Errors", problems),
            ("Flow", flow),
            ("Pending", pending),
            ("Address", address),
            ("Picture", Picture(address)),
            ("Name", form?["name"].ToString()),
            ("Replaces", await ReplacesAsync(user, context.RequestAborted)));
    }

    /// <summary>Keeps the authenticator if its first code is right. Whoever had no recovery codes gets some with it.</summary>
    public async Task<AuthenticatorSetupResult> ConfirmAsync(HttpContext context, User user, CancellationToken cancellationToken)
    {
        var form = context.Request.Form;
        if (pendings.Find(user, form["pending"]) is not { } pending)
        {
            return new AuthenticatorSetupResult.Refused("code", "Authenticator.Expired");
        }

        var name = form["name"].ToString().Trim();
        if (!IsName(name))
        {
            return new AuthenticatorSetupResult.Refused("name", "Authenticator.NameInvalid");
        }

        if (await tries.BeginAsync(context, user, "authenticator-setup", cancellationToken) is { } throttled)
        {
            return new AuthenticatorSetupResult.Throttled(throttled);
        }

        var addition = Totp.Normalize(form["code"]) is { } code
            ? await authenticators.AddAsync(user, pending, code, name.Length > 0 ? name : pages.Texts(context)["Authenticator.DefaultName"], cancellationToken)
            : AuthenticatorAddition.Refused;
        switch (addition)
        {
            case AuthenticatorAddition.Refused:
                return new AuthenticatorSetupResult.Refused("code", "Authenticator.SetupWrong");
            case AuthenticatorAddition.Kept:
                return new AuthenticatorSetupResult.Added([]);
        }

        // Kept: from here on nothing stops half-way because a browser went away.
        await tries.SucceededAsync(context, user, "authenticator-setup", CancellationToken.None);
        await ReplaceEndedAsync(context, user, Authenticators.IdOf(pending));
        await notices.SendAsync(context, user, new SecurityNotice("Notice.AuthenticatorAdded") { Undo = AuthenticatorUndo.Name, Subject = Authenticators.IdOf(pending).ToString("N") });
        MfaLog.AuthenticatorAdded(logger, user.UserId.ToString());
        return new AuthenticatorSetupResult.Added(await codes.LeftAsync(user, CancellationToken.None) > 0 ? [] : await NewCodesAsync(context, user));
    }

    /// <summary>Whether a new one takes the place of all there are, since too many wrong codes in a row have ended them.</summary>
    public async Task<bool> ReplacesAsync(User user, CancellationToken cancellationToken) =>
        await tries.IsEndedAsync(user, TotpMethod.MethodName, cancellationToken) && await authenticators.AnyAsync(user, cancellationToken);

    /// <summary>Whether a text can be an authenticator's name; empty is the usual one.</summary>
    public static bool IsName(string name) => name.Length <= MaxName && !name.Any(char.IsControl);

    // NIST SP 800-63B-4, section 3.2.2: what was ended is bound anew, and nothing else begins its count again. Tries that have ended nothing go on counting.
    private async Task ReplaceEndedAsync(HttpContext context, User user, Guid added)
    {
        var others = (await authenticators.ListAsync(user, CancellationToken.None)).Where(authenticator => authenticator.Id != added).ToList();
        if (others.Count > 0 && !await tries.IsEndedAsync(user, TotpMethod.MethodName, CancellationToken.None))
        {
            await tries.RelievedAsync(context, user, TotpMethod.MethodName, CancellationToken.None);
            return;
        }

        foreach (var ended in others)
        {
            await authenticators.RemoveAsync(user, ended.Id, CancellationToken.None);
        }

        await tries.ReplacedAsync(context, user, TotpMethod.MethodName, CancellationToken.None);
    }

    private async Task<IReadOnlyList<string>> NewCodesAsync(HttpContext context, User user)
    {
        var created = await codes.CreateAsync(user, CancellationToken.None);
        await tries.ReplacedAsync(context, user, RecoveryCodeMethod.MethodName, CancellationToken.None);
        return created;
    }

    private static string Picture(string address)
    {
        using var code = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.L);
        using var png = new PngByteQRCode(code);
        return "data:image/png;base64," + Convert.ToBase64String(png.GetGraphic(Module));
    }
}
