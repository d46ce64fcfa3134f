namespace Authdog.Gateway.ForwardAuth;

/// <summary>What the pipeline made of a described request.</summary>
/// <param name="Context">The request as judged, and the answer that its client would have got.</param>
/// <param name="Granted">Identity headers for the app when the request may pass; null when it may not, whatever the answer's status says.</param>
/// <param name="Body">Body of the answer.</param>
internal sealed record JudgedRequest(HttpContext Context, IReadOnlyDictionary<string, string>? Granted, ReadOnlyMemory<byte> Body);
