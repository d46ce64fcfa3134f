using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.ApiKeys;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Authdog.Console.Api;

/// <summary>Does what comes twice under one <c>Idempotency-Key</c> once, and answers it the same for a day.</summary>
internal sealed class Idempotency(RecordStore records)
{
    public const string Header = "Idempotency-Key";

    private const string Kind = "api-idempotency";
    private const int MaxLength = 255;

    // An answer that is larger is not kept: the request under the same key is refused then, not done twice.
    private const int MaxKept = 40 * 1024;
    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(1);

    public async Task<ApiAnswer> RunAsync(HttpRequest request, ApiKey key, TenantId tenant, ReadOnlyMemory<byte> body, Func<Task<ApiAnswer>> handle)
    {
        var given = request.Headers[Header];
        if (given.Count == 0)
        {
            return await handle();
        }

        if (!IsKey(given))
        {
            return ApiProblem.Parameter(Header, $"give 1 to {MaxLength} printable ASCII characters.");
        }

        var id = $"{key.Id}\n{given}";
        var fingerprint = Fingerprint(request, body.Span);
        if (!await records.TryCreateAsync(tenant, Kind, id, new KeptAnswer(fingerprint), s_lifetime, CancellationToken.None))
        {
            return await AgainAsync(tenant, id, fingerprint);
        }

        ApiAnswer? answer = null;
        try
        {
            answer = await handle();
        }
        finally
        {
            // What failed may be tried again under the same key.
            if (answer is null or { Status: >= 500 } or { Status: 429 })
            {
                await records.TakeAsync<KeptAnswer>(tenant, Kind, id, CancellationToken.None);
            }
            else if (answer is { IsSecret: false } && answer.Body.Length <= MaxKept)
            {
                await records.TryUpdateAsync(tenant, Kind, id, new KeptAnswer(fingerprint) { Answer = answer }, version: 1, CancellationToken.None);
            }
        }

        return answer;
    }

    private async Task<ApiAnswer> AgainAsync(TenantId tenant, string id, string fingerprint) =>
        await records.FindAsync<KeptAnswer>(tenant, Kind, id, CancellationToken.None) switch
        {
            ({ } kept, _) when kept.Fingerprint != fingerprint => ApiProblem.Answer(StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused", "This idempotency key is another request's", "Use a new key for each request, and the same one for the same request alone."),
            ({ Answer: { } answer }, _) => answer,
            _ => ApiProblem.Answer(StatusCodes.Status409Conflict, "idempotency-key-in-use", "The same request is under way", "Ask again in a moment.") with { RetryAfter = 1 },
        };

    private static bool IsKey(StringValues given) => given is [{ Length: >= 1 and <= MaxLength } text] && text.All(static letter => letter is > ' ' and <= '~');

    private static string Fingerprint(HttpRequest request, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method}\n{request.Path}\n{request.QueryString}\n"));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
