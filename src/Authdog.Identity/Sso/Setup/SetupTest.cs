using Authdog.Identity.Pages;
using Authdog.Identity.Sso.Saml;
using Authdog.Protocols.Saml.Errors;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Sso.Setup;

/// <summary>Tries the connection through the administrator's own browser, and says in words what came of it.</summary>
internal sealed class SetupTest(SetupGate gate, SamlTrials trials, SamlTransport transport, PageRenderer pages, ErrorPages errors)
{
    public async Task<IResult> ShowAsync(HttpContext context)
    {
        if (await gate.FindAsync(context) is not { } step)
        {
            return gate.Over(context);
        }

        if (context.Request.Query["report"].ToString() is not { Length: > 0 } secret)
        {
            return Page(context, step, null, null);
        }

        var texts = pages.Texts(context);
        if (await trials.ReportAsync(step.Connection, secret, context.RequestAborted) is not { } report)
        {
            return Page(context, step, null, texts["Setup.TestOver"]);
        }

        var problem = Problem(texts, step, report);
        await gate.UpdateAsync(step, invite => invite with { Tested = problem is null }, context.RequestAborted);
        return Page(context, step, report, problem);
    }

    public async Task<IResult> BeginAsync(HttpContext context)
    {
        if (await gate.FindAsync(context) is not { } step)
        {
            return gate.Over(context);
        }

        if (!await gate.MayTryAsync(step, context.RequestAborted))
        {
            return errors.Page(context, ErrorKind.TooManyRequests);
        }

        return await trials.BeginAsync(step.Connection, SetupPaths.Test, context.RequestAborted) is { } message
            ? transport.Send(context, step.Provider.Name ?? step.Connection.Name, message)
            : Page(context, step, null, pages.Texts(context)["Setup.TestMissing"]);
    }

    private static string? Problem(PageTexts texts, SetupStep step, SamlTrialReport report) => report switch
    {
        { Code: { } code } => texts[Why((SamlErrorCode)code)],
        { HasSubject: false } => texts["Setup.TestNoSubject"],
        { Email: null } => texts["Setup.TestNoEmail"],
        { Email: { } email } when step.Invite.Domain is { } domain && !email.EndsWith("@" + domain, StringComparison.OrdinalIgnoreCase) => texts.Format("Setup.TestOtherDomain", domain),
        _ => null,
    };

    private static string Why(SamlErrorCode code) => code switch
    {
        SamlErrorCode.StatusNotSuccess => "Setup.Why.Status",
        SamlErrorCode.SignatureUntrusted or SamlErrorCode.SignatureDigest or SamlErrorCode.NoCertificate => "Setup.Why.Signature",
        SamlErrorCode.SignatureMissing or SamlErrorCode.SignatureAlgorithm => "Setup.Why.Unsigned",
        SamlErrorCode.WrongAudience => "Setup.Why.Audience",
        SamlErrorCode.WrongDestination or SamlErrorCode.WrongRecipient => "Setup.Why.Address",
        SamlErrorCode.WrongIssuer => "Setup.Why.Issuer",
        SamlErrorCode.NotYetValid or SamlErrorCode.Expired => "Setup.Why.Time",
        SamlErrorCode.EncryptedAssertionUnusable or SamlErrorCode.EncryptionAlgorithm or SamlErrorCode.EncryptionShape => "Setup.Why.Encryption",
        _ => "Setup.Why.Other",
    };

    private IResult Page(HttpContext context, SetupStep step, SamlTrialReport? report, string? problem) =>
        pages.Page<SetupTestPage>(context, StatusCodes.Status200OK, ("Invitation", step), ("Report", report), ("Problem", problem));
}
