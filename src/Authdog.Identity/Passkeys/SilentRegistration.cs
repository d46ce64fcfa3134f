using System.Buffers.Text;
using System.Text.Json.Nodes;

namespace Authdog.Identity.Passkeys;

/// <summary>What a browser makes by itself carries no presence of the user (WebAuthn Level 3, section 7.1, step 15), which Identity's handler of .NET 10 insists on.</summary>
internal static class SilentRegistration
{
    /// <summary>The answer with the flag set, for the handler alone: no signature covers it, since no attestation is asked for.</summary>
    public static string WithUserPresence(CredentialAnswer answer, AttestationObject attestation)
    {
        byte[] bytes = [.. answer.AttestationObject!];
        bytes[AttestationObject.OffsetOf(attestation.AuthenticatorData, answer.AttestationObject!) + AuthenticatorClaims.FlagsOffset] |= (byte)AuthenticatorFlags.UserPresent;
        var json = JsonNode.Parse(answer.Json)!;
        json["response"]!["attestationObject"] = Base64Url.EncodeToString(bytes);
        return json.ToJsonString();
    }
}
