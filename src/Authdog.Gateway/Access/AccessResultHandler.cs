using Authdog.Gateway.Access.Recording;
using Authdog.Gateway.Access.Resume;
using Authdog.Gateway.Answers;
using Authdog.Gateway.Edge;
using Authdog.Gateway.Routing;
using Authdog.Identity.Bots;
using Authdog.Identity.Challenges;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Authdog.Policies.Decisions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http.Features;

namespace Authdog.Gateway.Access;

/// <summary>Turns what was decided into what is answered. Every way but one ends the pipeline here (B17).</summary>
internal sealed class AccessResultHandler(RequestKeeper keeper, DecisionRecorder recorder, AccessAudit audit, RouteChallenges challenges, SessionStore sessions, ILogger<AccessResultHandler> logger) : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        authorizeResult.Succeeded ? next(context) : RefuseAsync(context);

    private async Task RefuseAsync(HttpContext context)
    {
        var id = AnswerId.New();
        var route = ProxiedRoute.Of(context)?.Config.RouteId ?? context.GetEndpoint()?.DisplayName;
        if (context.Features.Get<SessionFeature>()?.Lookup is SessionLookup.StoreUnavailable)
        {
            logger.AccessUnknown(route, id);
            await AnswerWriter.WriteAsync(context, AccessAnswers.StoreUnavailable(id) with { Login = sessions.HasStandby && Asker.Of(context) == AskerKind.Browser ? SignInAnew(context.Request) : null });
            return;
        }

        if (context.Features.Get<AccessFeature>() is not { } access)
        {
            await RefuseOwnAsync(context, route, id);
            return;
        }

        var decision = access.Decision;
        logger.AccessRefused(decision.Outcome, decision.Reason, route, decision.Policy, decision.Rule, access.Session?.Id.Value[..8], id);
        if (context.Features.Get<BotScore>() is { } score)
        {
            logger.BotScored(score.Value, score.Describe(), id);
        }

        Record(context, access, id);
        await audit.RefusedAsync(context, access, route, id);
        await (decision.Outcome switch
        {
            AccessOutcome.Challenge when decision.Reason == AccessReason.StepUpRequired => StepUpAsync(context, decision.Requirement, id),
            AccessOutcome.Challenge when decision.Reason == AccessReason.ClientChallengeRequired => ClientChallengeAsync(context, id),
            AccessOutcome.Challenge => SignInAsync(context, decision.Requirement, id),
            AccessOutcome.Deny when decision.Reason is AccessReason.EvaluationFailed or AccessReason.UnknownPolicy => AnswerWriter.WriteAsync(context, AccessAnswers.Undecided(id)),
            AccessOutcome.Deny => AnswerWriter.WriteAsync(context, (access.Session is null ? AccessAnswers.ForbiddenToAll(id) : AccessAnswers.Forbidden(id)) with { Message = decision.Message, Link = decision.Link }),
            _ => AnswerWriter.WriteAsync(context, AccessAnswers.Undecided(id)),
        });
    }

    // A page that was only looked at is where the sign-in leads back to.
    private static string SignInAnew(HttpRequest request) => HttpMethods.IsGet(request.Method)
        ? AccessAnswers.Login + QueryString.Create("return", request.PathBase + request.Path + request.QueryString)
        : AccessAnswers.Login;

    // A browser that is sent to sign in is told no id: such are many, and a share of them says as much.
    private void Record(HttpContext context, AccessFeature access, string id)
    {
        if (access.Seen is not { } seen)
        {
            return;
        }

        if (access.Decision.Outcome == AccessOutcome.Challenge && Asker.Of(context) == AskerKind.Browser)
        {
            recorder.Sample(seen, id);
        }
        else
        {
            recorder.Record(seen, id);
        }
    }

    // The gateway's own pages ask for a signed-in user, and no policy of the catalog decides about them.
    private Task RefuseOwnAsync(HttpContext context, string? route, string id)
    {
        if (ProxiedRoute.Of(context) is null && context.Features.Get<SessionFeature>()?.Session is null)
        {
            return SignInAsync(context, requirement: null, id);
        }

        logger.AccessUndecided(route, id);
        return AnswerWriter.WriteAsync(context, AccessAnswers.Undecided(id));
    }

    private Task SignInAsync(HttpContext context, AuthenticationRequirement? requirement, string id) => Asker.Of(context) == AskerKind.Browser
        ? RedirectAsync(context, requirement)
        : AnswerWriter.WriteAsync(context, AccessAnswers.SignIn(id));

    // Whether the account can do what is asked for is the login's business: it knows, and says so.
    private Task StepUpAsync(HttpContext context, AuthenticationRequirement? requirement, string id) => Asker.Of(context) == AskerKind.Browser
        ? RedirectAsync(context, requirement ?? new AuthenticationRequirement { MaxAge = TimeSpan.Zero })
        : AnswerWriter.WriteAsync(context, AccessAnswers.StepUp(requirement, id));

    // The proxy of a described request passes such an answer on as it passes a sign-in: by its Location.
    private async Task ClientChallengeAsync(HttpContext context, string id)
    {
        if (Asker.Of(context) != AskerKind.Browser)
        {
            await AnswerWriter.WriteAsync(context, AccessAnswers.ClientChallenge(id));
            return;
        }

        var back = await BackAsync(context, isChallenged: true);
        SecurityHeaders.Set(context.Response.Headers);
        context.Response.StatusCode = StatusCodes.Status302Found;

        // The page has no prefix that would name the tenant.
        var tenant = context.Features.GetRequiredFeature<TenantFeature>();
        var address = challenges.Address(tenant.Tenant, back);
        context.Response.Headers.Location = tenant.Source is TenantSource.Path ? $"{address}&tenant={tenant.Tenant.Value}" : address;
    }

    private async Task RedirectAsync(HttpContext context, AuthenticationRequirement? requirement) =>
        LoginRedirect.Write(context, await BackAsync(context, isChallenged: false), requirement);

    // A form that was sent is kept meanwhile.
    private async Task<string> BackAsync(HttpContext context, bool isChallenged)
    {
        context.Response.Clear();
        var target = LoginRedirect.Return(context.Features.GetRequiredFeature<CanonicalRequest>());
        return await keeper.KeepAsync(context, isChallenged) switch
        {
            Keeping.Kept kept => ResumeAddress.Of(kept.Id, target),
            Keeping.Lost => ResumeAddress.Lost(target),
            _ => target,
        };
    }
}
