using Microsoft.Extensions.Options;

namespace Authdog.Gateway.ForwardAuth;

/// <summary>The two places where forward-auth meets the public pipeline: it goes through the same one, from its first step to the decision.</summary>
internal static class ForwardAuthPipeline
{
    /// <summary>First of all steps: what follows is what described requests go through.</summary>
    public static void UseForwardAuthEntrance(this IApplicationBuilder app)
    {
        if (IsOn(app))
        {
            var entrance = app.ApplicationServices.GetRequiredService<ForwardAuthEntrance>();
            app.Use(next => entrance.Pipeline = next);
        }
    }

    /// <summary>Right behind authorization: no described request goes further.</summary>
    public static void UseForwardAuthGrant(this IApplicationBuilder app)
    {
        if (IsOn(app))
        {
            app.UseMiddleware<ForwardAuthGrantMiddleware>();
        }
    }

    /// <summary>A step for requests that came over their own connection: described ones came over somebody else's.</summary>
    public static void UseForCarried<TMiddleware>(this IApplicationBuilder app)
    {
        if (IsOn(app))
        {
            app.UseWhen(static context => context.Features.Get<DescribedRequestFeature>() is null, static carried => carried.UseMiddleware<TMiddleware>());
        }
        else
        {
            app.UseMiddleware<TMiddleware>();
        }
    }

    private static bool IsOn(IApplicationBuilder app) =>
        app.ApplicationServices.GetRequiredService<IOptions<ForwardAuthOptions>>().Value.Url is not null;
}
