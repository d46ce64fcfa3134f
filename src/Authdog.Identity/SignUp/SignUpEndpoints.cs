using Authdog.Identity.Challenges;
using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.SignUp;

/// <summary>Self sign-up and e-mail verification.</summary>
internal static class SignUpEndpoints
{
    public static void MapSignUp(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(PagePaths.SignUp, ShowSignUp);
        endpoints.MapPost(PagePaths.SignUp, PostSignUp).Challenged("sign-up");
        endpoints.MapGet(PagePaths.VerifyEmail, ShowVerification);
        endpoints.MapPost(PagePaths.VerifyEmail, PostVerification);
    }

    private static Task<IResult> ShowSignUp(HttpContext context, SignUpCeremony ceremony) => ceremony.ShowAsync(context);

    private static Task<IResult> PostSignUp(HttpContext context, SignUpCeremony ceremony) => ceremony.PostAsync(context);

    private static Task<IResult> ShowVerification(HttpContext context, VerificationCeremony ceremony) => ceremony.ShowAsync(context);

    private static Task<IResult> PostVerification(HttpContext context, VerificationCeremony ceremony) => ceremony.PostAsync(context);
}
