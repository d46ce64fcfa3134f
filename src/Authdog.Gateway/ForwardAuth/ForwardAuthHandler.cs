using Authdog.Gateway.Edge;
using Authdog.Identity.Redis;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Authdog.Gateway.ForwardAuth;

/// <summary>Everything that the forward-auth listener does with a request: who asks, about what, and what is the answer?</summary>
internal sealed class ForwardAuthHandler(
    ForwardAuthGate gate,
    ForwardAuthJudge judge,
    ReservedHeaders reserved,
    IdentityNames names,
    IOptions<ForwardAuthOptions> options,
    ILogger<ForwardAuthHandler> logger)
{
    private readonly ForwardAuthOptions _options = options.Value;
    private readonly string[] _notTheClients = [.. DescriptionReader.OfTheQuestion, options.Value.SharedSecretHeader];

    public async Task HandleAsync(HttpContext context)
    {
        var caller = context.Connection.RemoteIpAddress;
        if (gate.Refuse(context) is { } lack)
        {
            logger.CallerRefused(caller, lack);
            Refuse(context, StatusCodes.Status403Forbidden);
            return;
        }

        var wrong = DescriptionReader.Read(context.Request, _options.Proxy!.Value, out var described) ?? Uncarriable(context.Request.Headers);
        if (wrong is not null)
        {
            logger.RequestNotDescribed(caller, wrong);
            Refuse(context, _options.Proxy == ForwardAuthProxy.Nginx ? StatusCodes.Status403Forbidden : StatusCodes.Status400BadRequest);
            return;
        }

        if (described!.IsOwn)
        {
            Refuse(context, StatusCodes.Status403Forbidden);
            return;
        }

        try
        {
            var judged = await judge.JudgeAsync(described, context.Request.Headers, _notTheClients, context.RequestAborted);
            await ForwardAuthAnswer.WriteAsync(context, judged, _options);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to read an answer.
        }
        catch (StoreUnavailableException exception) when (!context.Response.HasStarted)
        {
            logger.DecisionUnavailable(exception.Message);
            Refuse(context, StatusCodes.Status503ServiceUnavailable);
            context.Response.Headers.RetryAfter = "5";
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            logger.DecisionFailed(exception);
            Refuse(context, StatusCodes.Status500InternalServerError);
        }
    }

    // What the edge would silently drop, the other proxy carries on. The identity headers it overwrites; their look-alikes it would not (B5).
    private string? Uncarriable(IHeaderDictionary headers)
    {
        foreach (var (name, values) in headers)
        {
            if (IsLookAlike(name))
            {
                return "header name";
            }

            // Cookies go back to the proxy in a header of the answer.
            if (name.Equals(HeaderNames.Cookie, StringComparison.OrdinalIgnoreCase) && values.Any(cookie => cookie.AsSpan().ContainsAnyInRange('\0', '\u001F')))
            {
                return "cookie";
            }
        }

        return null;
    }

    private bool IsLookAlike(string name) => name[0] switch
    {
        ':' => false,
        'x' or 'X' when ReservedHeaders.IsOwn(name) =>
            !names.All.Contains(name, StringComparer.OrdinalIgnoreCase) && !name.Equals(_options.SharedSecretHeader, StringComparison.OrdinalIgnoreCase),
        _ => !ReservedHeaders.IsPlain(name) && reserved.Contains(name),
    };

    private static void Refuse(HttpContext context, int status)
    {
        context.Response.Clear();
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
    }
}
