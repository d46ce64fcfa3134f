using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Authdog.Identity.Users;

namespace Authdog.Identity.Passkeys;

/// <summary>What the browser is told for its list of passkeys (WebAuthn Level 3, section 5.1.10): calls by name, with their argument.</summary>
internal static class PasskeySignals
{
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Nobody here knows this passkey.</summary>
    public static string Unknown(string relyingPartyId, byte[] credentialId) => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["signalUnknownCredential"] = new { rpId = relyingPartyId, credentialId = Base64Url.EncodeToString(credentialId) },
    });

    /// <summary>These are all passkeys of the user, and this is what the user is called now.</summary>
    public static string Accepted(string relyingPartyId, User user, IEnumerable<Passkey> passkeys)
    {
        var userId = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(user.Id.ToString("D")));
        return JsonSerializer.Serialize(
            new Dictionary<string, object>
            {
                ["signalAllAcceptedCredentials"] = new
                {
                    rpId = relyingPartyId,
                    userId,
                    allAcceptedCredentialIds = passkeys.Where(p => p.RelyingPartyId == relyingPartyId).Select(p => Base64Url.EncodeToString(p.CredentialId)).ToArray(),
                },
                ["signalCurrentUserDetails"] = new { rpId = relyingPartyId, userId, name = user.Email, displayName = string.IsNullOrWhiteSpace(user.Name) ? user.Email : user.Name },
            },
            s_plain);
    }
}
