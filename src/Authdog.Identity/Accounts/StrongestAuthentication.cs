using Authdog.Identity.Login;
using Authdog.Identity.Sessions;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Accounts;

/// <summary>The rule for changes of what opens an account, its passkeys, second steps and address: proved lately, and whoever has a second factor has shown it,
/// even where their sign-in did not ask for it (NIST SP 800-63B-4, section 4.1.2).</summary>
/// <remarks>Otherwise whoever has the password alone could add a passkey of their own, and step up with that.</remarks>
internal sealed class StrongestAuthentication(FreshAuthentication fresh, LoginSteps steps, UserDirectory users)
{
    /// <summary>The request's session; null with the answer to give instead: the login page, which leads back to <paramref name="page"/>.</summary>
    public async Task<(Session? Session, IResult Refusal)> RequireAsync(HttpContext context, string page)
    {
        var atLeast = context.Features.Get<SessionFeature>()?.Session is { Acr: Assurance.SingleFactor } single
            && await users.FindAsync(single.User, context.RequestAborted) is { } user
            && await steps.HasPossessionAsync(user, context.RequestAborted)
                ? Assurance.MultiFactor
                : null;
        return (fresh.Require(context, page, atLeast, out var refusal), refusal);
    }
}
