using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Login;

/// <summary>Draws the pages of a login that belong to no single method.</summary>
internal sealed class LoginPages(LoginSteps steps, KnownBrowsers browsers, CurrentTenant tenant, PageRenderer pages, SignUpOffer signUp, SignUpAdmissions admissions, TenantLinks addresses, IEnumerable<LoginLink> links)
{
    public async Task<IResult> AskWhoAsync(HttpContext context, LoginFlow flow, FormErrors problems, string? email, bool expired) =>
        pages.Page<IdentifierPage>(
            context,
            problems.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            ("Flow", flow),
            ("Errors", problems),
            ("Email", email),
            ("SignUpOffered", signUp.Offered || await admissions.AreOpenAsync(context.RequestAborted)),
            ("Expired", expired),
            ("Links", links.Where(link => link.IsOffered(context)).ToList()),
            ("Beside", await steps.BesideIdentifierAsync(flow, context.RequestAborted)));

    /// <summary>The method that was asked for, or that this browser used the last time, or the best; or the choice of all.</summary>
    public async Task<IResult> MethodAsync(HttpContext context, LoginFlow flow, User? user, LoginNext.Prove prove)
    {
        var query = context.Request.Query;
        // With a single method left the page still says what to do when its device is lost.
        if (query.ContainsKey("choose") && (prove.Methods.Count > 1 || flow.User is not null))
        {
            return pages.Page<MethodChoicePage>(context, StatusCodes.Status200OK, ("Flow", flow), ("Methods", prove.Methods), ("IsSecond", flow.User is not null));
        }

        var asked = prove.Methods.FirstOrDefault(method => method.Name == query["method"]);
        var method = asked ?? LastUsed(context, flow, prove.Methods) ?? prove.Methods[0];
        return await method.StartAsync(context, new LoginStep(flow, user, Enrolling: false, prove.Methods.Count > 1), refusal: null);
    }

    /// <summary>Says that a second step has to be set up, and by what; or the page of the one that was chosen.</summary>
    public async Task<IResult> EnrolmentAsync(HttpContext context, LoginFlow flow, User user, LoginNext.Enrol enrol)
    {
        var asked = enrol.Methods.FirstOrDefault(method => method.Name == context.Request.Query["method"]);
        return asked is not null
            ? await asked.StartAsync(context, new LoginStep(flow, user, Enrolling: true, HasOthers: true), refusal: null)
            : pages.Page<EnrolmentPage>(context, StatusCodes.Status200OK, ("Flow", flow), ("Methods", enrol.Methods), ("Until", enrol.Until));
    }

    public IResult Throttled(HttpContext context, LoginStep step, LoginProof.Throttled throttled)
    {
        var texts = pages.Texts(context);
        return pages.Page<ThrottledPage>(
            context,
            StatusCodes.Status429TooManyRequests,
            ("Text", throttled.Text is { } key ? texts.Format(key, (int)Math.Ceiling(throttled.RetryAfter.TotalMinutes)) : LoginAttempts.Explain(texts, throttled.RetryAfter)),
            ("Login", step.HasOthers ? LoginAddress.Choice(step.Flow) : LoginAddress.Of(step.Flow)),
            ("Recover", step.User is null ? LoginAddress.With(PagePaths.Recover, step.Flow) : null));
    }

    /// <summary>Says that what is asked for cannot be shown here, and each way on that there is.</summary>
    public async Task<IResult> UnreachableAsync(HttpContext context, LoginFlow flow, User? user)
    {
        var elsewhere = user is null ? null : await steps.ElsewhereAsync(flow, user, context.RequestAborted);
        return pages.Page<UnreachablePage>(
            context,
            StatusCodes.Status403Forbidden,
            ("Elsewhere", elsewhere),
            ("ElsewhereAddress", elsewhere is null ? null : addresses.OnOrigin(elsewhere.Origin, PagePaths.SecondSteps)),
            ("IsStale", steps.IsOnlyStale(flow)),
            ("Lost", user is not null && await steps.HasPossessionAsync(user, context.RequestAborted) ? LoginAddress.With(PagePaths.RecoverSecondStep, flow) : null),
            ("Reference", context.TraceIdentifier));
    }

    private IAuthenticationMethod? LastUsed(HttpContext context, LoginFlow flow, IReadOnlyList<IAuthenticationMethod> methods)
    {
        if (!EmailAddress.TryParse(flow.Transaction.Email, out var email) || browsers.Find(context, tenant.Id, email) is not { } known)
        {
            return null;
        }

        foreach (var name in known.Methods)
        {
            if (methods.FirstOrDefault(method => method.Name == name) is { } method)
            {
                return method;
            }
        }

        return null;
    }
}
