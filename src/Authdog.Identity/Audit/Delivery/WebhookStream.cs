using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Audit.Delivery;

/// <summary>Events as JSON lines to a program of the operator's, signed as Standard Webhooks says: HMAC-SHA256 over id, time and body, so that a call can neither be forged nor replayed later.</summary>
internal sealed class WebhookStream(AuditWebhookOptions options, IHttpClientFactory clients, TimeProvider time) : IAuditStream
{
    private readonly byte[] _key = options.Key() ?? [];

    public string Name => "webhook";

    public int? Attempts => options.Attempts;

    public async Task DeliverAsync(TenantId tenant, IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        var body = AuditJson.Lines(entries);

        // The same at each try: the receiver knows by it what it has already.
        var id = string.Create(CultureInfo.InvariantCulture, $"audit_{tenant.Value}_{entries[0].Sequence}_{entries[^1].Sequence}");
        var sentAt = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Url)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/jsonl") } },
        };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", sentAt);
        request.Headers.Add("webhook-signature", "v1," + Sign(id, sentAt, body));
        await AuditCall.SendAsync(clients, request, options.Timeout, cancellationToken);
    }

    private string Sign(string id, string sentAt, byte[] body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hash.AppendData(Encoding.ASCII.GetBytes($"{id}.{sentAt}."));
        hash.AppendData(body);
        return Convert.ToBase64String(hash.GetHashAndReset());
    }
}
