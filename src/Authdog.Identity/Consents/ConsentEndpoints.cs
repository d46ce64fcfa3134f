using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.Consents;

/// <summary>What people agree to: asked at sign-in, shown to anybody, managed in the account.</summary>
internal static class ConsentEndpoints
{
    internal const string AskPath = PagePaths.Prefix + "/consents";
    internal const string TextPath = AskPath + "/text";
    internal const string AccountPath = PagePaths.Account + "/consents";

    public static void MapConsents(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(AskPath, Ask);
        endpoints.MapPost(AskPath, Agree);
        endpoints.MapGet(TextPath + "/{document}", ShowText);
        endpoints.MapGet(AccountPath, ShowAccount);
        endpoints.MapPost(AccountPath, Answer);
        endpoints.MapGet(AccountPath + "/{hash:length(64)}", ShowAnswered);
    }

    private static Task<IResult> Ask(HttpContext context, ConsentCeremony ceremony) => ceremony.ShowAsync(context);

    private static Task<IResult> Agree(HttpContext context, ConsentCeremony ceremony) => ceremony.PostAsync(context);

    private static IResult ShowText(HttpContext context, string document, ConsentCeremony ceremony) => ceremony.ShowText(context, document);

    private static Task<IResult> ShowAccount(HttpContext context, ConsentAccount account) => account.ShowAsync(context);

    private static Task<IResult> Answer(HttpContext context, ConsentAccount account) => account.AnswerAsync(context);

    private static Task<IResult> ShowAnswered(HttpContext context, string hash, ConsentAccount account) => account.ShowTextAsync(context, hash);
}
