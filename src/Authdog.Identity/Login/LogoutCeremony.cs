using Authdog.Identity.Audit;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Login;

/// <summary>Ends the browser's session: asks on GET, does it on POST, so that no image or prefetch signs anybody out.</summary>
internal sealed class LogoutCeremony(SessionSignIn signIn, IEnumerable<SignOutElsewhere> elsewhere, AuditLog audit, PageRenderer pages, ErrorPages errors, IOptions<LoginOptions> options, ILogger<LogoutCeremony> logger)
{
    public IResult Show(HttpContext context)
    {
        var target = ReturnUrl.CarriedBy(context.Request, options.Value.ReturnOrigins);
        if (context.Features.Get<SessionFeature>()?.Session is { } session)
        {
            return pages.Page<LogoutPage>(context, StatusCodes.Status200OK, ("Email", session.Email), ("Return", target.Value));
        }

        if (context.Features.Get<SessionFeature>()?.Lookup is SessionLookup.StoreUnavailable)
        {
            // Nobody is told to be signed out while that is not known.
            return errors.Page(context, ErrorKind.Unavailable);
        }

        var texts = pages.Texts(context);
        return pages.Page<MessagePage>(
            context,
            StatusCodes.Status200OK,
            ("Title", texts["Logout.DoneTitle"]),
            ("Text", texts["Logout.DoneText"]),
            ("LinkAddress", target == ReturnUrl.Root ? PagePaths.Login : target.Value),
            ("LinkText", texts[target == ReturnUrl.Root ? "Login.Submit" : "Login.Continue"]));
    }

    public async Task<IResult> PostAsync(HttpContext context)
    {
        var session = context.Features.Get<SessionFeature>()?.Session;
        await signIn.SignOutAsync(context);
        if (session is not null)
        {
            await audit.WriteAsync(new AuditEvent(session.Tenant, AuditEventKind.SignedOut, session.User) { Session = session.Id.Value }, context.RequestAborted);
            LoginLog.SignedOut(logger, session.User.ToString());
            foreach (var place in elsewhere)
            {
                if (await place.FindAsync(context, session, context.RequestAborted) is { } page)
                {
                    return page;
                }
            }
        }

        return new SeeOther(LoginAddress.Keep(PagePaths.Logout, ReturnUrl.CarriedBy(context.Request, options.Value.ReturnOrigins).Value));
    }
}
