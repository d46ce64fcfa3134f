using System.Text.Json.Nodes;
using Authdog.Identity.ApiKeys;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Authdog.Console.Api;

/// <summary>One call of the management API, as its handler sees it: who asks, in which tenant, with what body. Made by the gate alone.</summary>
/// <remarks>Services come from a scope of the path's tenant. Those of the request's own scope belong to whatever tenant the host names, and are none of a handler's business (I10).</remarks>
internal sealed class ApiCall(HttpContext context, ApiKey key, TenantRecord? tenant, IServiceProvider services, byte[] body, CancellationToken aborted)
{
    private static readonly object s_key = new();

    /// <summary>The key that asks.</summary>
    public ApiKey Key { get; } = key;

    /// <summary>The tenant of the path.</summary>
    /// <exception cref="InvalidOperationException">The path names none.</exception>
    public TenantRecord Tenant => tenant ?? throw new InvalidOperationException("This operation concerns no single tenant.");

    /// <summary>The body as it came.</summary>
    public ReadOnlyMemory<byte> Body => body;

    /// <summary>Of what reads, ends when the client goes away. A change that has begun is finished, and its answer kept, whoever is left to hear it.</summary>
    public CancellationToken Aborted => aborted;

    /// <summary>The call of a request.</summary>
    public static ApiCall Of(HttpContext context) => (ApiCall)context.Items[s_key]!;

    /// <summary>A service of the tenant's scope.</summary>
    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>A parameter of the query; null when it is absent or empty.</summary>
    public string? Query(string name) => context.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>All values of a parameter that may be repeated.</summary>
    public IReadOnlyList<string> QueryAll(string name) => [.. context.Request.Query[name].OfType<string>().Where(static value => value.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The body as a <typeparamref name="T"/>; null with the answer to give instead.</summary>
    public T? Read<T>(out ApiAnswer refusal)
        where T : class => ApiJson.Read<T>(body, out refusal);

    /// <summary>What a merge patch (RFC 7396) makes of <paramref name="now"/>; null with the answer to give instead.</summary>
    public T? Patch<T>(T now, out ApiAnswer refusal)
        where T : class => ApiJson.Patch(now, body, out refusal);

    /// <summary>The answer when the resource is not the one that <c>If-Match</c> asks for (RFC 9110, section 13.1.1); null to go on.</summary>
    public ApiAnswer? Precondition(object resource)
    {
        var wanted = context.Request.Headers[HeaderNames.IfMatch];
        if (wanted.Count == 0)
        {
            return null;
        }

        var tag = ApiJson.Tag(resource);
        var tags = wanted.SelectMany(static value => (value ?? string.Empty).Split(',', StringSplitOptions.TrimEntries));
        return tags.Any(asked => asked == "*" || asked == tag) ? null : ApiProblem.Answer(StatusCodes.Status412PreconditionFailed, "changed-meanwhile", "It has changed meanwhile", "Get it again, and change what is there now.");
    }

    internal void Attach() => context.Items[s_key] = this;
}
