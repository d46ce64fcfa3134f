using Authdog.Gateway.Edge;
using Authdog.Gateway.Routing;
using Authdog.Identity.Login;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Authdog.Gateway.Access.Resume;

/// <summary>Puts a kept request in place of the confirmation that the browser was redirected with. From here on it is a request like any other: decided anew, for the session of now.</summary>
internal sealed class ResumeMiddleware(RequestDelegate next, KeptRequestStore store, ResumeCookie cookie, BrowserBinding browsers, ILogger<ResumeMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method) && cookie.MayHave(context.Request) && ProxiedRoute.Of(context) is not null
            ? ResumeAsync(context)
            : next(context);

    private async Task ResumeAsync(HttpContext context)
    {
        var canonical = context.Features.GetRequiredFeature<CanonicalRequest>();
        if (cookie.Find(context.Request, canonical.Target) is not { } id || context.Request.Headers["Sec-Fetch-Site"] is not ([] or ["same-origin"] or ["none"]))
        {
            await next(context);
            return;
        }

        var tenant = context.Features.GetRequiredFeature<TenantFeature>().Tenant;
        context.Response.OnStarting(() =>
        {
            // After the transforms, which take the gateway's cookies out of what the app says.
            cookie.Delete(context.Response, id);
            return Task.CompletedTask;
        });
        if (await store.FindAsync(tenant, id, context.RequestAborted) is not { } found
            || !IsFor(context, canonical, found)
            || await store.TakeAsync(tenant, id, context.RequestAborted) is not { } kept)
        {
            // What the browser sent is the confirmation, and no app is to get it: the page says what there is to say.
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = ResumeAddress.Of(id, canonical.Target);
            context.Response.Headers.CacheControl = "no-store";
            return;
        }

        Restore(context, kept);
        logger.RequestResumed(ProxiedRoute.Of(context)!.Config.RouteId);
        await next(context);
    }

    private bool IsFor(HttpContext context, CanonicalRequest canonical, KeptRequest kept) =>
        string.Equals(kept.Target, canonical.Target, StringComparison.Ordinal)
        && string.Equals(kept.Scheme, canonical.Scheme, StringComparison.Ordinal)
        && string.Equals(kept.Host, context.Request.Host.Value, StringComparison.Ordinal)
        && browsers.Matches(context, kept.Browser)
        && IsFor(context.Features.Get<SessionFeature>()?.Session, kept);

    private static bool IsFor(Session? session, KeptRequest kept) => kept.User is null
        ? session is not null || kept.IsChallenged
        : kept.User == session?.User.ToString();

    private static void Restore(HttpContext context, KeptRequest kept)
    {
        var request = context.Request;
        foreach (var name in RequestKeeper.Headers)
        {
            request.Headers[name] = kept.Headers.TryGetValue(name, out var value) ? value : default;
        }

        request.Headers.Remove(HeaderNames.TransferEncoding);
        request.ContentLength = kept.Body.Length;
        request.Body = new MemoryStream(kept.Body.ToArray(), writable: false);
        context.Features.Set(new ResumedFeature(kept.User));
    }
}
