using Authdog.Gateway.Answers;
using Authdog.Gateway.Routing;
using Authdog.Identity.Sessions;
using Authdog.Policies.Decisions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Authdog.Gateway.Access;

/// <summary>Turns what was decided into what is answered. Every way but one ends the pipeline here (B17).</summary>
internal sealed class AccessResultHandler(ILogger<AccessResultHandler> logger) : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        authorizeResult.Succeeded ? next(context) : RefuseAsync(context);

    private Task RefuseAsync(HttpContext context)
    {
        var id = AnswerId.New();
        var route = ProxiedRoute.Of(context)?.Config.RouteId ?? context.GetEndpoint()?.DisplayName;
        if (context.Features.Get<SessionFeature>()?.Lookup is SessionLookup.StoreUnavailable)
        {
            logger.AccessUnknown(route, id);
            return AnswerWriter.WriteAsync(context, AccessAnswers.StoreUnavailable(id));
        }

        if (context.Features.Get<AccessFeature>() is not { } access)
        {
            return RefuseOwnAsync(context, route, id);
        }

        var decision = access.Decision;
        logger.AccessRefused(decision.Outcome, decision.Reason, route, decision.Policy, decision.Rule, access.Session?.Id.Value[..8], id);
        return decision.Outcome switch
        {
            AccessOutcome.Challenge when decision.Reason == AccessReason.StepUpRequired => StepUpAsync(context, decision.Requirement, id),
            AccessOutcome.Challenge => SignInAsync(context, id),
            AccessOutcome.Deny when decision.Reason is AccessReason.EvaluationFailed or AccessReason.UnknownPolicy => AnswerWriter.WriteAsync(context, AccessAnswers.Undecided(id)),
            AccessOutcome.Deny => AnswerWriter.WriteAsync(context, access.Session is null ? AccessAnswers.ForbiddenToAll(id) : AccessAnswers.Forbidden(id)),
            _ => AnswerWriter.WriteAsync(context, AccessAnswers.Undecided(id)),
        };
    }

    // The gateway's own pages ask for a signed-in user, and no policy of the catalog decides about them.
    private Task RefuseOwnAsync(HttpContext context, string? route, string id)
    {
        if (ProxiedRoute.Of(context) is null && context.Features.Get<SessionFeature>()?.Session is null)
        {
            return SignInAsync(context, id);
        }

        logger.AccessUndecided(route, id);
        return AnswerWriter.WriteAsync(context, AccessAnswers.Undecided(id));
    }

    private static Task SignInAsync(HttpContext context, string id)
    {
        if (Asker.Of(context) != AskerKind.Browser)
        {
            return AnswerWriter.WriteAsync(context, AccessAnswers.SignIn(id));
        }

        LoginRedirect.Write(context);
        return Task.CompletedTask;
    }

    private static Task StepUpAsync(HttpContext context, AuthenticationRequirement? requirement, string id)
    {
        if (Asker.Of(context) != AskerKind.Browser)
        {
            return AnswerWriter.WriteAsync(context, AccessAnswers.StepUp(requirement, id));
        }

        if (!PasswordSatisfies(requirement))
        {
            return AnswerWriter.WriteAsync(context, AccessAnswers.StepUpUnavailable(id));
        }

        LoginRedirect.Write(context, requirement?.MaxAge ?? TimeSpan.Zero);
        return Task.CompletedTask;
    }

    // A fresh password gives level 1, method "pwd" and age zero, and nothing more.
    private static bool PasswordSatisfies(AuthenticationRequirement? requirement) =>
        requirement is null
        || (requirement.Acr is null or "aal1" && (requirement.Amr.IsDefaultOrEmpty || requirement.Amr.Contains("pwd", StringComparer.Ordinal)));
}
