using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Microsoft.AspNetCore.Http;

namespace Authdog.Console.Api;

/// <summary>Lets changes of one resource happen one after another, over all nodes: what <c>If-Match</c> was compared with is what is changed.</summary>
internal sealed class ApiTurns(RecordStore records, TimeProvider time)
{
    private const string Kind = "api-turn";
    private const int Looks = 200;

    // Longer than any change takes; a node that dies in the middle holds the others up for so long.
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(25);

    /// <summary>Does something when it is this request's turn; answers 503 when that does not come within some seconds.</summary>
    public async Task<ApiAnswer> RunAsync(HttpRequest request, TenantId tenant, Func<Task<ApiAnswer>> handle)
    {
        if (ResourceOf(request) is not { } resource)
        {
            return await handle();
        }

        for (var look = 0; !await records.TryCreateAsync(tenant, Kind, resource, new Turn(), s_longest, CancellationToken.None); look++)
        {
            if (look == Looks)
            {
                return ApiProblem.Answer(StatusCodes.Status503ServiceUnavailable, "busy", "Another change of it is under way", "Please try again in a second.") with { RetryAfter = 1 };
            }

            await Task.Delay(s_look, time, request.HttpContext.RequestAborted);
        }

        try
        {
            return await handle();
        }
        finally
        {
            await records.TakeAsync<Turn>(tenant, Kind, resource, CancellationToken.None);
        }
    }

    // A tenant, or what is under /tenants/T/KIND/ID with all that belongs to it; what makes something new has no turn to wait for.
    private static string? ResourceOf(HttpRequest request)
    {
        var parts = request.Path.Value![ApiPaths.Tenants.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length is 0 or 2 ? null : string.Join('\n', parts.Take(3)).ToLowerInvariant();
    }

    private sealed record Turn;
}
