using System.Globalization;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Passwords.Breaches;

/// <summary>Asks a range service that speaks the protocol of Pwned Passwords: five digits of the hash go out, all that begin so come back, padded so that the answer's length tells nothing (k-anonymity).</summary>
internal sealed class BreachRange(IHttpClientFactory clients, IOptions<BreachOptions> options, TimeProvider time)
{
    /// <summary>Name of the client in <see cref="IHttpClientFactory"/>.</summary>
    public const string Client = "breach-range";

    private const int PrefixLength = 5;
    private const int MaxAnswer = 1024 * 1024;
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(30);
    private long _restUntil = long.MinValue;

    /// <summary>Whether there is a service.</summary>
    public bool IsConfigured => options.Value.RangeUrl is not null;

    /// <summary>Whether the hash is there; null with the reason when that could not be learnt.</summary>
    public async Task<(bool? Found, string? Problem)> ContainsAsync(byte[] hash, CancellationToken cancellationToken)
    {
        // After a failure it rests: a service that is away must not add its time-out to every sign-in.
        var now = time.GetUtcNow().UtcTicks;
        if (now < Interlocked.Read(ref _restUntil))
        {
            return (null, "resting after a failure");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.Timeout);
        try
        {
            var hex = Convert.ToHexString(hash);
            var answer = await AskAsync(hex[..PrefixLength], limit.Token);
            return answer is null ? Failed("answer too long") : (Find(answer, hex[PrefixLength..]), null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed("no answer in time");
        }
        catch (HttpRequestException exception)
        {
            return Failed(exception.StatusCode is { } status ? $"answered {(int)status}" : $"{exception.HttpRequestError}");
        }
        catch (IOException)
        {
            return Failed("answer cut off");
        }
    }

    private async Task<string?> AskAsync(string prefix, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(options.Value.RangeUrl!, prefix));
        request.Headers.Add("Add-Padding", "true");
        request.Headers.UserAgent.ParseAdd("Authdog-Gateway");
        using var response = await clients.CreateClient(Client).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MaxAnswer + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length > MaxAnswer ? null : System.Text.Encoding.ASCII.GetString(buffer, 0, length);
    }

    // Padding has the count 0.
    private bool Find(string answer, string suffix)
    {
        foreach (var line in answer.AsSpan().EnumerateLines())
        {
            if (line.Length > suffix.Length && line[suffix.Length] == ':' && line.StartsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                return long.TryParse(line[(suffix.Length + 1)..].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= options.Value.LeastCount;
            }
        }

        return false;
    }

    private (bool? Found, string? Problem) Failed(string problem)
    {
        Interlocked.Exchange(ref _restUntil, (time.GetUtcNow() + s_rest).UtcTicks);
        return (null, problem);
    }
}
