using Authdog.Identity.Attacks;
using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Challenges;

/// <summary>Stands before forms that can be challenged, and leads clients through the challenge of a route.</summary>
internal sealed class ChallengeCeremony(
    ChallengeGate gate,
    ChallengeAnswers answers,
    ChallengeSeal seal,
    ChallengePasses passes,
    KeptForms forms,
    ChallengeTargets targets,
    ExternalChallenge external,
    CurrentTenant tenant,
    PageRenderer pages,
    ErrorPages errors,
    IOptions<ChallengeOptions> options)
{
    // While the provider is away, as much work as there is takes its place.
    private const int ExtraBits = 4;

    /// <summary>Null when the form is to be taken; otherwise the page that stands in its way. A form that was kept has become the request's own by then.</summary>
    public async Task<IResult?> AdmitAsync(HttpContext context, ChallengedForm challenged)
    {
        var form = context.Request.Form;
        if (!form.ContainsKey(ChallengeFields.Challenge))
        {
            var demand = await gate.DemandAsync(context, tenant.Id, challenged.Ceremony, await challenged.AccountAsync(context), context.RequestAborted);
            return demand.Level switch
            {
                ChallengeLevel.None => null,
                ChallengeLevel.Refusal => errors.Page(context, ErrorKind.TooManyRequests),
                _ => Page(context, demand, Keep(context, demand), form["email"], FormErrors.None),
            };
        }

        if (forms.Open(context, tenant.Id, form[ChallengeFields.Kept]) is not (var waiting, var demanded))
        {
            return errors.Page(context, ErrorKind.PageExpired);
        }

        var answer = await answers.JudgeAsync(context, tenant.Id, form, context.RequestAborted);
        if (answer is not ChallengeAnswer.Passed passed)
        {
            return Again(context, answer, form[ChallengeFields.Kept], waiting["email"]);
        }

        if (!demanded.IsMetBy(passed.Challenge))
        {
            return Page(context, demanded, form[ChallengeFields.Kept], waiting["email"], FormErrors.None);
        }

        passes.Issue(context, passed.Challenge);
        context.Request.Form = waiting;
        return null;
    }

    /// <summary>The challenge of a route.</summary>
    public IResult Show(HttpContext context) => options.Value.Enabled
        ? Page(context, gate.ForRoute(context), kept: null, email: null, FormErrors.None)
        : errors.Page(context, ErrorKind.NotFound);

    /// <summary>The answer to it; then on to where the client wanted to go.</summary>
    public async Task<IResult> PostAsync(HttpContext context)
    {
        if (!options.Value.Enabled)
        {
            return errors.Page(context, ErrorKind.NotFound);
        }

        var answer = await answers.JudgeAsync(context, tenant.Id, context.Request.Form, context.RequestAborted);
        if (answer is not ChallengeAnswer.Passed passed)
        {
            return Again(context, answer, kept: null, email: null);
        }

        passes.Issue(context, passed.Challenge);
        return new Onward(targets.Open(tenant.Id, context.Request.Form[ChallengeFields.To]));
    }

    private string? Keep(HttpContext context, ChallengeDemand demand)
    {
        // The mark is what the form is bound to.
        seal.Ensure(context, tenant.Id);
        return forms.Seal(context, tenant.Id, demand);
    }

    private IResult Again(HttpContext context, ChallengeAnswer answer, string? kept, string? email)
    {
        var form = context.Request.Form;
        var before = seal.Open(context, tenant.Id, form[ChallengeFields.Challenge]);
        if (answer is ChallengeAnswer.CodeSent sent)
        {
            return Page(context, before!, form[ChallengeFields.Challenge]!, kept, sent.Email, FormErrors.None, codeSent: true);
        }

        var refused = (ChallengeAnswer.Refused)answer;
        var problems = FormErrors.Of(refused.Field, pages.Texts(context)[refused.Text]);
        if (before is not null && refused.Field.Length > 0)
        {
            return Page(context, before, form[ChallengeFields.Challenge]!, kept, form[ChallengeFields.Email].ToString() is { Length: > 0 } typed ? typed : email, problems, refused.Field == ChallengeFields.Code);
        }

        var demand = before is null ? gate.ForRoute(context)
            : new ChallengeDemand(before.Level, refused.ProviderIsAway ? options.Value.WorkBits + ExtraBits : before.Bits);
        return Page(context, demand, kept, email, problems);
    }

    private IResult Page(HttpContext context, ChallengeDemand demand, string? kept, string? email, FormErrors problems)
    {
        var (challenge, sealedText) = seal.Make(context, tenant.Id, demand.Level, demand.Bits);
        return Page(context, challenge, sealedText, kept, email, problems, codeSent: false);
    }

    private IResult Page(HttpContext context, Challenge challenge, string sealedText, string? kept, string? email, FormErrors problems, bool codeSent)
    {
        var isRoute = context.Request.Path == PagePaths.Challenge;
        var widget = challenge.Bits == 0 && external.IsConfigured ? external : null;
        var page = pages.Page<ChallengePage>(
            context,
            problems.Any ? StatusCodes.Status422UnprocessableEntity : isRoute || codeSent ? StatusCodes.Status200OK : StatusCodes.Status403Forbidden,
            ("Errors", problems),
            ("Action", context.Request.Path.Value),
            ("Work", challenge.Id),
            ("Bits", challenge.Bits),
            ("Sealed", sealedText),
            ("Kept", kept),
            ("IsLost", kept is null && !isRoute),
            ("To", isRoute ? To(context.Request) : null),
            ("Email", email),
            ("CodeSent", codeSent),
            ("WidgetClass", widget?.Class),
            ("WidgetScript", widget?.Script),
            ("WidgetKey", widget?.SiteKey),
            ("WidgetAction", widget?.Action),
            ("Minutes", (int)options.Value.Lifetime.TotalMinutes));
        widget?.OpenPolicy(context.Response);
        return page;
    }

    private static string? To(HttpRequest request) => request.HasFormContentType ? request.Form[ChallengeFields.To] : request.Query[ChallengeFields.To];
}
