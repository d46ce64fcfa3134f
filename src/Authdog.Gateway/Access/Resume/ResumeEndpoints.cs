using Authdog.Identity;
using Authdog.Identity.Pages;

namespace Authdog.Gateway.Access.Resume;

/// <summary>The pages that carry a form over a sign-in.</summary>
internal static class ResumeEndpoints
{
    public static void MapResume(this IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapAuthdogPages();
        pages.MapGet(ResumeAddress.Path, ShowLost);
        pages.MapGet(ResumeAddress.Path + "/{id}", Show);
        pages.MapPost(ResumeAddress.Path + "/{id}", Send);
    }

    private static IResult ShowLost(HttpContext context, ResumeCeremony ceremony) => ceremony.ShowLost(context);

    private static Task<IResult> Show(string id, HttpContext context, ResumeCeremony ceremony) => ceremony.ShowAsync(context, id);

    private static Task<IResult> Send(string id, HttpContext context, ResumeCeremony ceremony) => ceremony.SendAsync(context, id);
}
