using Authdog.Gateway.Access;
using Authdog.Gateway.Edge;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Authdog.Gateway.Tests.Corpus;

/// <summary>What a request was when its policy decided.</summary>
internal sealed record JudgedRequest(CanonicalRequest Canonical, string Method, string RoutedPath, string Query, string Host, Dictionary<string, string> Headers)
{
    /// <summary>Stands beside the gateway's own handler of the same requirement, and sees what that saw.</summary>
    internal sealed class Recorder(Action<long, JudgedRequest> keep) : AuthorizationHandler<AccessRequirement>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AccessRequirement requirement)
        {
            var http = (HttpContext)context.Resource!;
            var request = http.Request;
            if (long.TryParse(request.Headers["X-Case"], out var number))
            {
                keep(number, new JudgedRequest(
                    http.Features.Get<CanonicalRequest>()!,
                    request.Method,
                    request.Path.Value!,
                    request.QueryString.Value ?? string.Empty,
                    request.Host.ToUriComponent(),
                    request.Headers.Where(header => header.Key[0] != ':').ToDictionary(header => header.Key, header => string.Join('\n', header.Value.ToArray()), StringComparer.OrdinalIgnoreCase)));
            }

            return Task.CompletedTask;
        }
    }
}
