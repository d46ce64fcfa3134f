namespace Authdog.Identity.Audit.Delivery;

/// <summary>One HTTP call to a stream: no redirect is followed, and of the answer only the status counts.</summary>
internal static class AuditCall
{
    /// <summary>Name of the client in <see cref="IHttpClientFactory"/>.</summary>
    public const string Client = "audit";

    /// <exception cref="AuditDeliveryException">No status of success within the time.</exception>
    public static async Task SendAsync(IHttpClientFactory clients, HttpRequestMessage request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            using var response = await clients.CreateClient(Client).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (!response.IsSuccessStatusCode)
            {
                throw new AuditDeliveryException($"answered {(int)response.StatusCode}");
            }
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AuditDeliveryException($"no answer within {timeout.TotalSeconds:0.#} seconds", exception);
        }
        catch (HttpRequestException exception)
        {
            throw new AuditDeliveryException($"cannot be reached ({exception.HttpRequestError})", exception);
        }
    }
}
