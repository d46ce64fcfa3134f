using System.Diagnostics.CodeAnalysis;
using Authdog.Identity.ApiKeys;
using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Authdog.Console.Api;

/// <summary>Stands before every operation: the key, its permits, the tenant, the scope, the body, the turn, in this order. The one place where a call is let through.</summary>
internal sealed class ApiGate(ApiKeyVerifier keys, ApiKeyPermits permits, TenantCache tenants, Identity.Sso.Connections connections, Idempotency idempotency, ApiTurns turns, AuditLog audit, IServiceScopeFactory scopes, ILogger<ApiGate> logger) : IEndpointFilter
{
    private const string Bearer = "Bearer ";
    private const string Realm = "Bearer realm=\"authdog-api\"";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await PassAsync(context, next);
        }
        catch (StoreUnavailableException e)
        {
            ApiLog.Unavailable(logger, e.Message);
            return ApiProblem.Answer(StatusCodes.Status503ServiceUnavailable, "unavailable", "Temporarily unavailable", "Please try again in a few seconds.") with { RetryAfter = 5 };
        }
    }

    private async Task<ApiAnswer> PassAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var operation = context.GetEndpoint()?.Metadata.GetMetadata<ApiOperation>() ?? throw new InvalidOperationException("The endpoint does not say what it does.");

        // 1. The key. Who sends none has guessed none: that is neither counted nor recorded.
        if (context.Request.Headers.Authorization.Count == 0)
        {
            return Unauthorized(Realm);
        }

        return await keys.VerifyAsync(context, Token(context.Request), context.RequestAborted) switch
        {
            ApiKeyLookup.Found { Key: var key } => await WithKeyAsync(invocation, next, operation, key),
            ApiKeyLookup.Refused { IsThrottled: true } => ApiProblem.Answer(StatusCodes.Status429TooManyRequests, "too-many-failures", "Too many wrong keys", "Wait, and use a key that works.") with { RetryAfter = 600 },
            _ => Unauthorized(Realm + ", error=\"invalid_token\""),
        };
    }

    private static ApiAnswer Unauthorized(string challenge) =>
        ApiProblem.Answer(StatusCodes.Status401Unauthorized, "unauthorized", "A key is needed", "Send 'Authorization: Bearer' with a key that 'api-key add' has made, and that is neither revoked nor too old.") with { Authenticate = challenge };

    private async Task<ApiAnswer> WithKeyAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next, ApiOperation operation, ApiKey key)
    {
        var context = invocation.HttpContext;

        // 2. The permits.
        if (await permits.TakeAsync(context, key) is { } wait)
        {
            return ApiProblem.Answer(StatusCodes.Status429TooManyRequests, "too-many-requests", "Too many calls", "This key has been used too often. Try again later.") with { RetryAfter = (int)Math.Ceiling(wait.TotalSeconds) };
        }

        // 3. The tenant: what a key may not see is not there, whatever else it may do.
        TenantRecord? tenant = null;
        if (context.Request.RouteValues["tenant"] is string named)
        {
            if (!TenantId.TryParse(named, out var id)
                || (!key.IsGlobal && key.TenantId != id)
                || (tenant = await tenants.FindAsync(id, context.RequestAborted)) is null)
            {
                return ApiProblem.NotFound();
            }
        }

        // 4. The scope.
        if (!key.Scopes.Contains(operation.Scope) || (operation.IsGlobal && !key.IsGlobal))
        {
            var detail = key.Scopes.Contains(operation.Scope) ? "This concerns more than one tenant: use a global key." : $"This key does not have the scope {operation.Scope}.";
            return ApiProblem.Answer(StatusCodes.Status403Forbidden, "insufficient-scope", "This key may not do that", detail) with { Authenticate = $"{Realm}, error=\"insufficient_scope\", scope=\"{operation.Scope}\"" };
        }

        // 5. The body.
        var (body, refusal) = await ReadAsync(context, operation);
        if (refusal is not null)
        {
            return refusal;
        }

        // 6. A change waits for its turn; what comes twice is done once.
        var owner = tenant?.Id ?? TenantId.Default;
        return operation.Kind switch
        {
            ApiOperationKind.Read => await HandleAsync(),
            ApiOperationKind.Create => await idempotency.RunAsync(context.Request, key, owner, body, () => turns.RunAsync(context.Request, owner, HandleAsync)),
            _ => await turns.RunAsync(context.Request, owner, HandleAsync),
        };

        // 7. The handler, in a scope of the tenant.
        async Task<ApiAnswer> HandleAsync()
        {
            tenant = await LatestAsync(context.Request, tenant);
            await using var scope = scopes.CreateAsyncScope();
            if (tenant is not null)
            {
                scope.ServiceProvider.GetRequiredService<CurrentTenant>().Record = tenant;
            }

            new ApiCall(context, key, tenant, scope.ServiceProvider, body, operation.Kind is ApiOperationKind.Read ? context.RequestAborted : CancellationToken.None).Attach();
            var given = (ApiAnswer)(await next(invocation))!;
            if (operation.Kind is not ApiOperationKind.Read && given.Status < 300)
            {
                var name = context.GetEndpoint()!.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName;
                var subject = string.Join(' ', context.Request.RouteValues.Where(value => value.Key != "tenant").Select(value => value.Value));
                await audit.WriteAsync(new AuditEvent(tenant?.Id ?? TenantId.Default, AuditEventKind.ApiChange, Detail: $"{key.Id} {name} {subject}".TrimEnd()), CancellationToken.None);
            }

            return given;
        }
    }

    // What is compared with If-Match is what the directory has, not what this node remembers.
    private async Task<TenantRecord?> LatestAsync(HttpRequest request, TenantRecord? tenant)
    {
        if (tenant is null || request.Headers.IfMatch.Count == 0)
        {
            return tenant;
        }

        tenants.Forget(tenant.Id);
        connections.Forget(tenant.Id);
        return await tenants.FindAsync(tenant.Id, CancellationToken.None) ?? tenant;
    }

    private static string? Token(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;

    private static async Task<(byte[] Body, ApiAnswer? Refusal)> ReadAsync(HttpContext context, ApiOperation operation)
    {
        var request = context.Request;
        if (operation.Body is not null && !IsJson(request.ContentType))
        {
            return ([], ApiProblem.Answer(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "The body is not JSON", "Send 'Content-Type: application/json'."));
        }

        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            if (body.Length + read > ApiJson.MaxBody)
            {
                return ([], ApiProblem.Answer(StatusCodes.Status413PayloadTooLarge, "too-large", "The body is too large", $"Send at most {ApiJson.MaxBody / 1024} KiB."));
            }

            await body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
        }

        return (body.ToArray(), null);
    }

    private static bool IsJson([NotNullWhen(true)] string? contentType) =>
        contentType?.Split(';')[0].Trim().ToLowerInvariant() is "application/json" or "application/merge-patch+json";
}
