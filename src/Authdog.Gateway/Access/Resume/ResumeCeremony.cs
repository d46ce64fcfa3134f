using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http.Features;

namespace Authdog.Gateway.Access.Resume;

/// <summary>Asks whether the form that was kept is to be sent now, and sends the browser on its way with it.</summary>
internal sealed class ResumeCeremony(KeptRequestStore store, ResumeCookie cookie, BrowserBinding browsers, PageRenderer pages)
{
    public IResult ShowLost(HttpContext context) => Message(context, StatusCodes.Status200OK, "Resume.LostTitle", "Resume.LostText");

    public async Task<IResult> ShowAsync(HttpContext context, string id)
    {
        if (await FindAsync(context, id) is not { } kept)
        {
            return Gone(context);
        }

        return Refuse(context, id, kept, out var session) ?? pages.Page<ResumePage>(
            context,
            StatusCodes.Status200OK,
            ("Target", kept.Host + kept.Target.Split('?')[0]),
            ("Action", ResumeAddress.Of(kept.Id, kept.Target)),
            ("Email", session?.Email),

            // Who was signed in then and is now has said it already; somebody else's form is nobody's to send unasked, and nothing goes round by itself.
            ("SendsItself", kept.User == session?.User.ToString() && !kept.IsAgain));
    }

    public async Task<IResult> SendAsync(HttpContext context, string id)
    {
        if (await FindAsync(context, id) is not { } kept)
        {
            return Gone(context);
        }

        if (Refuse(context, id, kept, out _) is { } refusal)
        {
            return refusal;
        }

        if (context.Request.Form["answer"] == "discard")
        {
            await store.TakeAsync(Tenant(context), id, context.RequestAborted);
            return new SeeOther(kept.Target);
        }

        // 307 makes the browser post to the target itself, so that address, history and relative links are those of the app.
        cookie.Append(context.Response, kept);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.LocalRedirect(kept.Target, permanent: false, preserveMethod: true);
    }

    private async Task<KeptRequest?> FindAsync(HttpContext context, string id) =>
        await store.FindAsync(Tenant(context), id, context.RequestAborted) is { } kept
        && browsers.Matches(context, kept.Browser)
        && kept.Host == context.Request.Host.Value
        && kept.Scheme == context.Request.Scheme
            ? kept
            : null;

    private IResult? Refuse(HttpContext context, string id, KeptRequest kept, out Session? session)
    {
        session = context.Features.Get<SessionFeature>()?.Session;
        if (session is null && kept is not { IsChallenged: true, User: null })
        {
            return new SeeOther($"{PagePaths.Login}?return={Uri.EscapeDataString(ResumeAddress.Of(id, kept.Target))}");
        }

        return kept.User is null || kept.User == session?.User.ToString()
            ? null
            : Message(context, StatusCodes.Status403Forbidden, "Resume.OtherTitle", "Resume.OtherText");
    }

    private IResult Gone(HttpContext context) => Message(context, StatusCodes.Status410Gone, "Resume.GoneTitle", "Resume.GoneText");

    private IResult Message(HttpContext context, int status, string title, string text)
    {
        var texts = pages.Texts(context);
        return pages.Page<MessagePage>(
            context,
            status,
            ("Title", texts[title]),
            ("Text", texts[text]),
            ("LinkAddress", ReturnUrl.ParseOrRoot(context.Request.Query["return"], []).Value),
            ("LinkText", texts["Resume.GoOn"]));
    }

    private static TenantId Tenant(HttpContext context) => context.Features.GetRequiredFeature<TenantFeature>().Tenant;
}
