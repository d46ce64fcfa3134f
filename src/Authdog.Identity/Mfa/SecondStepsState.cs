using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Mfa;

/// <summary>How things stand with somebody's second steps, in a few words.</summary>
internal static class SecondStepsState
{
    public static async ValueTask<string?> OfAsync(HttpContext context, Session session, PageTexts texts)
    {
        var services = context.RequestServices;
        if (await services.GetRequiredService<UserDirectory>().FindAsync(session.User, context.RequestAborted) is not { } user)
        {
            return null;
        }

        var count = (await services.GetRequiredService<Authenticators>().ListAsync(user, context.RequestAborted)).Count;
        return count == 0
            ? texts["SecondSteps.StateNone"]
            : texts.Format("SecondSteps.State", count, await services.GetRequiredService<RecoveryCodes>().LeftAsync(user, context.RequestAborted));
    }
}
