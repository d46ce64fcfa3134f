using Authdog.Identity.Pages;
using Authdog.Identity.Sso.Oidc;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Sso.Setup;

/// <summary>Tries the connection through the administrator's own browser, and says in words what came of it.</summary>
internal sealed class SetupTest(SetupGate gate, IEnumerable<IConnectionProtocol> protocols, TrialReports reports, PageRenderer pages, ErrorPages errors)
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
        if (await reports.TakeAsync(step.Connection, secret, context.RequestAborted) is not { } report)
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

        try
        {
            return await protocols.First(protocol => protocol.Kind == step.Connection.Kind).TryAsync(context, step.Connection, step.Provider.Name ?? step.Connection.Name, SetupPaths.Test)
                ?? Page(context, step, null, pages.Texts(context)[step.IsSaml ? "Setup.TestMissing" : "Setup.TestMissingClient"]);
        }
        catch (ExternalFailureException failure)
        {
            var report = new TrialReport { Connection = step.Connection.Id, Why = OidcTrialWords.Of(failure.Fault), Problem = failure.Message };
            return Page(context, step, report, Problem(pages.Texts(context), step, report));
        }
    }

    private static string? Problem(PageTexts texts, SetupStep step, TrialReport report) => report switch
    {
        { Why: { } why } => texts[why],
        { HasSubject: false } => texts["Setup.TestNoSubject"],
        { Email: null } => texts["Setup.TestNoEmail"],
        { Email: { } email } when step.Invite.Domain is { } domain && !email.EndsWith("@" + domain, StringComparison.OrdinalIgnoreCase) => texts.Format("Setup.TestOtherDomain", domain),
        _ => null,
    };

    private IResult Page(HttpContext context, SetupStep step, TrialReport? report, string? problem) =>
        pages.Page<SetupTestPage>(context, StatusCodes.Status200OK, ("Invitation", step), ("Report", report), ("Problem", problem));
}
