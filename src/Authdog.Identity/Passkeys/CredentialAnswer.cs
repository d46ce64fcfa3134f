using System.Buffers.Text;
using System.Text.Json;

namespace Authdog.Identity.Passkeys;

/// <summary>A <c>PublicKeyCredential</c> as a browser's <c>toJSON</c> writes it, bounded before anything else looks at it (B18). Reading verifies nothing.</summary>
/// <param name="Json">All of it, for Identity's handler.</param>
/// <param name="Id">The credential id.</param>
/// <param name="AuthenticatorData">Authenticator data of an assertion; null in a registration.</param>
/// <param name="AttestationObject">Attestation object of a registration; null in an assertion.</param>
internal sealed record CredentialAnswer(string Json, byte[] Id, byte[]? AuthenticatorData, byte[]? AttestationObject)
{
    private const int MaxLength = 32 * 1024;
    private static readonly JsonDocumentOptions s_strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    public static CredentialAnswer? Parse(string? json)
    {
        if (json is not { Length: > 0 and <= MaxLength })
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json, s_strict);
            var root = document.RootElement;
            return root.ValueKind is JsonValueKind.Object
                && Bytes(root, "id") is { Length: > 0 and <= Passkey.MaxCredentialId } id
                && root.TryGetProperty("response", out var response) && response.ValueKind is JsonValueKind.Object
                    ? new CredentialAnswer(json, id, Bytes(response, "authenticatorData"), Bytes(response, "attestationObject"))
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[]? Bytes(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind is not JsonValueKind.String || value.GetString() is not { } text || !Base64Url.IsValid(text))
        {
            return null;
        }

        return Base64Url.DecodeFromChars(text);
    }
}
