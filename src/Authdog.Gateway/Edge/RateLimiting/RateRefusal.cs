using System.Globalization;
using Authdog.Gateway.Access;
using Authdog.Gateway.Access.Resume;
using Authdog.Gateway.Answers;
using Authdog.Gateway.Routing;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Microsoft.AspNetCore.Http.Features;

namespace Authdog.Gateway.Edge.RateLimiting;

/// <summary>Answers what came too often: 429, with when to come back. A form that was carried over a sign-in is kept once more.</summary>
internal sealed class RateRefusal(RequestKeeper keeper, PageRenderer pages, ILogger<RateRefusal> logger)
{
    public async Task WriteAsync(HttpContext context, SharedLease lease)
    {
        var id = AnswerId.New();
        var refused = lease.RefusedBy.MaxBy(limit => limit.State.RetryAfter);
        var client = ClientNetwork.Of(context.Features.GetRequiredFeature<CanonicalRequest>().RemoteAddress);
        logger.RateLimited(refused.Name, client, ProxiedRoute.Of(context)?.Config.RouteId, context.Features.Get<AccessFeature>()?.Session?.Id.Value[..8], id);
        var wait = refused.State.RetryAfter;
        var fields = RateLimitFields.Of(lease.Limits);
        if (context.Features.Get<ResumedFeature>() is not null && Asker.Of(context) == AskerKind.Browser && await keeper.KeepAsync(context, isChallenged: context.Features.Get<SessionFeature>()?.Session is null) is Keeping.Kept kept)
        {
            await WriteKeptAsync(context, kept.Id, wait, fields);
            return;
        }

        await AnswerWriter.WriteAsync(context, new Answer(429, "too-many-requests", "Too many requests", "This has been asked too often. Please try again later.", id) { RetryAfter = wait, Fields = fields });
    }

    private Task WriteKeptAsync(HttpContext context, string id, TimeSpan wait, IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        context.Response.Clear();
        SecurityHeaders.Set(context.Response.Headers);
        context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in fields)
        {
            context.Response.Headers[name] = value;
        }

        var texts = pages.Texts(context);
        return pages.Page<MessagePage>(
            context,
            StatusCodes.Status429TooManyRequests,
            ("Title", texts["Answer.too-many-requests.Title"]),
            ("Text", texts["Resume.LimitedText"]),
            ("LinkAddress", ResumeAddress.Of(id, context.Features.GetRequiredFeature<CanonicalRequest>().Target)),
            ("LinkText", texts["Resume.LimitedLink"])).ExecuteAsync(context);
    }
}
