using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Passkeys;

/// <summary>Makes ASP.NET Core Identity's passkey handler for one ceremony: its options are those of the relying party, not of the process.</summary>
internal sealed class CeremonyHandlers(UserManager<User> users, TenantOptions<PasskeyOptions> options)
{
    /// <summary>The handler.</summary>
    /// <param name="party">Whose passkeys.</param>
    /// <param name="requireUserVerification">Whether the user must be verified; asked for in any case.</param>
    /// <param name="verifyAttestation">Judges the attestation object; null when attestation is not asked for.</param>
    public IPasskeyHandler<User> For(RelyingParty party, bool requireUserVerification, Func<PasskeyAttestationStatementVerificationContext, bool>? verifyAttestation = null)
    {
        IdentityPasskeyOptions ceremony = new()
        {
            ServerDomain = party.Id,
            ChallengeSize = 32,
            AuthenticatorTimeout = options.Value.Timeout,
            ResidentKeyRequirement = "required",
            UserVerificationRequirement = requireUserVerification ? "required" : "preferred",
            AttestationConveyancePreference = verifyAttestation is null ? "none" : "direct",
            IsAllowedAlgorithm = static algorithm => Enum.IsDefined((CoseAlgorithm)algorithm),

            // No page of the gateway can be framed: an answer from within another site's page is none of ours.
            ValidateOrigin = origin => ValueTask.FromResult(origin is { CrossOrigin: false, TopOrigin: null } && string.Equals(origin.Origin, party.Origin, StringComparison.Ordinal)),
            VerifyAttestationStatement = verifyAttestation is null ? null : attestation => ValueTask.FromResult(verifyAttestation(attestation)),
        };
        return new PasskeyHandler<User>(users, Options.Create(ceremony));
    }
}
