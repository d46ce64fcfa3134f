using Authdog.Identity.Audit;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Login;

/// <summary>Ends the browser's session: asks on GET, does it on POST, so that no image or prefetch signs anybody out.</summary>
internal sealed class LogoutCeremony(SessionSignIn signIn, IEnumerable<SignOutElsewhere> elsewhere, AuditLog audit, PageRenderer pages, ErrorPages errors, ILogger<LogoutCeremony> logger)
{
    public IResult Show(HttpContext context)
    {
        if (context.Features.Get<SessionFeature>()?.Session is { } session)
        {
            return pages.Page<LogoutPage>(context, StatusCodes.Status200OK, ("Email", session.Email));
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
            ("LinkAddress", PagePaths.Login),
            ("LinkText", texts["Login.Submit"]));
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

        return new SeeOther(PagePaths.Logout);
    }
}
