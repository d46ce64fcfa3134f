using Authdog.Gateway.Edge;
using Authdog.Gateway.Routing;
using Authdog.Identity.Login;
using Authdog.Identity.Redis;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Authdog.Gateway.Access.Resume;

/// <summary>Keeps the form that a browser sent before its sign-in, so that it need not be filled in again.</summary>
/// <remarks>
/// A form posted by another site must not come back as one of this site: its cookies would go along that the browser withheld (SameSite), and the app's own
/// checks would pass. Kept is only what <c>Sec-Fetch-Site</c>, which no script can set, or else <c>Origin</c> shows to come from this very origin.
/// Browsers navigate by GET and POST alone, so POST is the one method that is kept.
/// </remarks>
internal sealed class RequestKeeper(KeptRequestStore store, BrowserBinding browsers, IOptions<KeptRequestOptions> options, TimeProvider time, ILogger<RequestKeeper> logger)
{
    private static readonly string[] s_formTypes = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];

    // What was sent and from where. All else the browser says again by itself: its cookies are of the new session.
    private static readonly string[] s_headers = [HeaderNames.ContentType, HeaderNames.Origin, HeaderNames.Referer, HeaderNames.Accept, HeaderNames.AcceptLanguage];

    private readonly KeptRequestOptions _options = options.Value;

    /// <summary>Headers that a kept request brings back.</summary>
    public static IReadOnlyList<string> Headers => s_headers;

    /// <summary>Keeps the request if it is one to keep; hands out the browser's binding cookie then.</summary>
    /// <param name="context">The request of a browser that navigates.</param>
    /// <param name="isChallenged">Whether it waits for a challenge and not for a sign-in.</param>
    public async Task<Keeping> KeepAsync(HttpContext context, bool isChallenged)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || ProxiedRoute.Of(context) is not { } route)
        {
            return Keeping.Nothing.Instance;
        }

        var most = Math.Min(_options.MaxBodyBytes, route.Config.MaxRequestBodySize is { } bound and >= 0 ? bound : long.MaxValue);
        var canonical = context.Features.GetRequiredFeature<CanonicalRequest>();
        var keeping = Lack(context, canonical, most) is { } lack ? new Keeping.Lost(lack) : await KeepAsync(context, canonical, (int)most, isChallenged);
        if (keeping is Keeping.Lost lost)
        {
            logger.RequestNotKept(lost.Reason, route.Config.RouteId);
        }

        return keeping;
    }

    /// <summary>Whether a request comes from a page of this very origin, or from the person alone.</summary>
    private static bool IsSameOrigin(HttpRequest request)
    {
        var origin = request.Headers.Origin;
        var isOurs = origin.Count == 1 && string.Equals(origin[0], $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
        return request.Headers["Sec-Fetch-Site"] switch
        {
            [] => isOurs,

            // A page with "no-referrer" sends "null" even to itself.
            ["same-origin"] or ["none"] => isOurs || origin.Count == 0 || origin is ["null"],
            _ => false,
        };
    }

    // A request that another proxy describes comes without a body, and without the server's word on it.
    private static LostReason? Lack(HttpContext context, CanonicalRequest canonical, long most)
    {
        var request = context.Request;
        return !IsSameOrigin(request) ? LostReason.CrossSite
            : !IsForm(request) || context.Features.Get<IHttpRequestBodyDetectionFeature>() is null || !ReturnUrl.TryParse(canonical.Target, [], out _) ? LostReason.Unsupported
            : request.ContentLength > most || most <= 0 ? LostReason.TooLarge
            : null;
    }

    private static bool IsForm(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.Count > 0 || request.Headers.Expect.Count > 0)
        {
            return false;
        }

        var type = request.ContentType.AsSpan();
        var end = type.IndexOf(';');
        type = (end < 0 ? type : type[..end]).Trim();
        foreach (var form in s_formTypes)
        {
            if (type.Equals(form, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return type.IsEmpty && request.ContentLength is 0 or null;
    }

    private async Task<Keeping> KeepAsync(HttpContext context, CanonicalRequest canonical, int most, bool isChallenged)
    {
        if (await ReadAsync(context, most) is not { } body)
        {
            return new Keeping.Lost(LostReason.TooLarge);
        }

        var tenant = context.Features.GetRequiredFeature<TenantFeature>().Tenant;
        var kept = new KeptRequest
        {
            Id = KeptRequestStore.NewId(),
            Tenant = tenant.Value,
            Browser = browsers.Ensure(context),

            // One that is kept again stays with whom it was kept for.
            User = context.Features.Get<ResumedFeature>()?.User ?? context.Features.Get<SessionFeature>()?.Session?.User.ToString(),
            IsChallenged = isChallenged,
            IsAgain = context.Features.Get<ResumedFeature>() is not null,
            Scheme = canonical.Scheme,
            Host = context.Request.Host.Value ?? string.Empty,
            Target = canonical.Target,
            SentAt = time.GetUtcNow(),
            Headers = Describe(context.Request.Headers),
            Body = body,
        };
        try
        {
            return await store.TryKeepAsync(tenant, kept, LoginAttempts.Network(canonical.RemoteAddress), context.RequestAborted)
                ? new Keeping.Kept(kept.Id)
                : new Keeping.Lost(LostReason.Busy);
        }
        catch (StoreUnavailableException)
        {
            return new Keeping.Lost(LostReason.Busy);
        }
    }

    private static Dictionary<string, string> Describe(IHeaderDictionary headers) => s_headers
        .Where(name => headers[name].Count > 0)
        .ToDictionary(name => name, name => headers[name].ToString(), StringComparer.OrdinalIgnoreCase);

    // One byte more than allowed says that there is more.
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext context, int most)
    {
        var buffer = new byte[(int)Math.Min(context.Request.ContentLength ?? most, most) + 1];
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await context.Request.Body.ReadAsync(buffer.AsMemory(length), context.RequestAborted);
            if (read == 0)
            {
                return buffer.AsMemory(0, length);
            }

            length += read;
        }

        return null;
    }
}
