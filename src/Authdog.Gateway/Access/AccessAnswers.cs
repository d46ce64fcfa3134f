using System.Globalization;
using Authdog.Gateway.Answers;
using Authdog.Identity.Pages;
using Authdog.Policies.Decisions;

namespace Authdog.Gateway.Access;

/// <summary>What each refusal says.</summary>
internal static class AccessAnswers
{
    public const string Login = "/.authdog/login";

    public static Answer SignIn(string id) => new(401, "sign-in-required", "Sign-in required", "Please sign in.", id)
    {
        Authenticate = "Bearer realm=\"authdog\"",
        Login = Login,
    };

    /// <summary>RFC 9470, section 3.</summary>
    public static Answer StepUp(AuthenticationRequirement? requirement, string id)
    {
        var challenge = "Bearer realm=\"authdog\", error=\"insufficient_user_authentication\", error_description=\"A stronger or more recent authentication is required\"";
        if (requirement?.Acr is { } acr)
        {
            challenge += $", acr_values=\"{acr}\"";
        }

        if (requirement?.MaxAge is { } age)
        {
            challenge += string.Create(CultureInfo.InvariantCulture, $", max_age=\"{(long)age.TotalSeconds}\"");
        }

        return new Answer(401, "insufficient-user-authentication", "Stronger sign-in required", "Please sign in again, as this address asks for it.", id)
        {
            Authenticate = challenge,
            Login = Login,
        };
    }

    public static Answer Forbidden(string id) => new(403, "forbidden", "Not allowed", "You are signed in, but you may not use this. If you think you should, give this number to whoever runs this site.", id);

    public static Answer ForbiddenToAll(string id) => new(403, "not-open", "Not allowed", "This is not open to you, and signing in would not change that. If you think it should be, give this number to whoever runs this site.", id);

    public static Answer ClientChallenge(string id) => new(403, "client-challenge-required", "Challenge required", "This address asks for a challenge that a browser solves. Open it in one.", id)
    {
        Challenge = PagePaths.Challenge,
    };

    public static Answer StoreUnavailable(string id) => new(503, "unavailable", "Temporarily unavailable", "Who you are cannot be checked right now. Please try again in a few seconds.", id)
    {
        RetryAfter = TimeSpan.FromSeconds(5),
    };

    public static Answer Undecided(string id) => new(500, "internal", "Something went wrong", "The request was not carried out. Please give this number to whoever runs this site.", id);
}
