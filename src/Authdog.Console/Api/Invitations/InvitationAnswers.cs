using Authdog.Identity.Invitations;
using Microsoft.AspNetCore.Http;

namespace Authdog.Console.Api.Invitations;

/// <summary>What came of inviting somebody, as an answer.</summary>
internal static class InvitationAnswers
{
    public static ApiAnswer Of(ApiCall call, InvitationResult result, bool isNew)
    {
        switch (result)
        {
            case InvitationResult.Sent { Invitation: var invitation }:
                var resource = InvitationResource.Of(invitation);
                return isNew ? ApiAnswer.Created($"{ApiPaths.Tenants}/{call.Tenant.Id}/invitations/{resource.Id}", resource) : ApiAnswer.Ok(resource);
            case InvitationResult.Open { Invitation: var open }:
                return ApiProblem.Conflict($"This address has an open invitation ({open.Id}). Send it again, or take it back first.");
            case InvitationResult.TooMany:
                return ApiProblem.Answer(StatusCodes.Status429TooManyRequests, "too-many-messages", "Too many messages", "This address got many invitations lately. Wait an hour.") with { RetryAfter = 3600 };
            case InvitationResult.Refused { Mistakes: var mistakes }:
                FieldErrors errors = new();
                foreach (var (field, problem) in mistakes)
                {
                    errors.Add(field is "lifetime" ? "lifetimeHours" : field, problem);
                }

                return errors.Answer();
            default:
                return ApiProblem.Conflict("This invitation is over: it was accepted or taken back.");
        }
    }
}
