using System.Buffers.Text;
using System.Text.Json.Nodes;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Passkeys;

/// <summary>Registration of passkeys: asks, verifies the answer (WebAuthn Level 3, section 7.1) with Identity's handler as the core and what it leaves out around it, and keeps what holds.</summary>
/// <remarks>
/// Left to the handler: type, challenge, origin (by our rule), RP ID hash, presence, verification where required, BS ⇒ BE, algorithm, length of the
/// credential id, and that nobody in the tenant has it. Added here: bounds, single use, browser, page and tenant of the challenge, the form of the
/// key, attestation and the models allowed, how many a user may have, and uniqueness under races.
/// </remarks>
internal sealed class PasskeyRegistrations(
    CeremonyHandlers handlers,
    PasskeyChallenges challenges,
    PasskeyDirectory passkeys,
    RelyingParties parties,
    AttestationVerifier attestations,
    AttestationRoots roots,
    CurrentTenant tenant,
    TenantOptions<PasskeyOptions> options,
    TimeProvider time,
    ILogger<PasskeyRegistrations> logger)
{
    /// <summary>Options for a new passkey of a user; null where passkeys cannot be used.</summary>
    /// <param name="context">The request.</param>
    /// <param name="user">Whose passkey it will be.</param>
    /// <param name="thread">The session that asks.</param>
    /// <param name="silently">Whether the browser makes it by itself (conditional create).</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<AskedCeremony?> AskAsync(HttpContext context, User user, string thread, bool silently, CancellationToken cancellationToken)
    {
        if (parties.Find(context) is not { } party)
        {
            return null;
        }

        var verify = !silently && options.Value.UserVerification is UserVerification.Required;
        var handler = handlers.For(party, verify, AttestationRule(silently, static _ => { }));
        var made = await handler.MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = user.Id.ToString("D"), Name = user.Email!, DisplayName = string.IsNullOrWhiteSpace(user.Name) ? user.Email! : user.Name },
            context);
        var own = await passkeys.ListAsync(user.UserId, cancellationToken);
        var json = JsonNode.Parse(CredentialList.Keep(made.CreationOptionsJson, "excludeCredentials", [.. own.Where(p => p.RelyingPartyId == party.Id).Select(p => p.CredentialId)]))!;
        json["rp"]!["name"] = party.Name;
        return new AskedCeremony(json.ToJsonString(), challenges.Seal(new PasskeyChallenge
        {
            Purpose = silently ? PasskeyPurpose.RegisterSilently : PasskeyPurpose.Register,
            Tenant = tenant.Id.Value,
            RelyingPartyId = party.Id,
            Binding = challenges.Binding(context),
            Thread = thread,
            User = user.Id,
            RequireUserVerification = verify,
            State = made.AttestationState!,

            // The person may have to look for the authenticator, or to read first.
            ExpiresAt = time.GetUtcNow() + (options.Value.Timeout * 2),
        }));
    }

    /// <summary>Judges an answer and registers what holds.</summary>
    /// <param name="context">The request.</param>
    /// <param name="user">Whose session it is.</param>
    /// <param name="sealedChallenge">What the page posted beside the answer.</param>
    /// <param name="json">The answer.</param>
    /// <param name="thread">The session that it came with.</param>
    /// <param name="name">Makes a name from the model and the transports.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<RegistrationResult> RegisterAsync(
        HttpContext context, User user, string? sealedChallenge, string? json, string thread, Func<Guid, IReadOnlyList<string>, string> name, CancellationToken cancellationToken)
    {
        var result = await JudgeAsync(context, user, sealedChallenge, json, thread, name, cancellationToken);
        if (result is RegistrationResult.Refused refused)
        {
            PasskeyLog.RegistrationRefused(logger, refused.Reason, user.Id.ToString("D"));
        }

        return result;
    }

    private async Task<RegistrationResult> JudgeAsync(
        HttpContext context, User user, string? sealedChallenge, string? json, string thread, Func<Guid, IReadOnlyList<string>, string> name, CancellationToken cancellationToken)
    {
        if (CredentialAnswer.Parse(json) is not { AttestationObject: { } bytes } answer
            || AttestationObject.Parse(bytes) is not { } attestation
            || AuthenticatorClaims.Parse(attestation.AuthenticatorData) is not { } data)
        {
            return new RegistrationResult.Refused(PasskeyRefusal.Malformed);
        }

        if (parties.Find(context) is not { } party
            || challenges.Open(context, sealedChallenge, tenant.Id, thread, PasskeyPurpose.Register, PasskeyPurpose.RegisterSilently) is not { } challenge
            || challenge.RelyingPartyId != party.Id || challenge.User != user.Id)
        {
            return new RegistrationResult.Refused(PasskeyRefusal.Challenge);
        }

        using (var key = CoseKey.Parse(data.PublicKey))
        {
            if (key is null)
            {
                return new RegistrationResult.Refused(PasskeyRefusal.NotVerified);
            }
        }

        var attested = AttestationResult.Unattested.Instance as AttestationResult;
        var silently = challenge.Purpose is PasskeyPurpose.RegisterSilently;
        var verified = await handlers.For(party, challenge.RequireUserVerification, AttestationRule(silently, result => attested = result))
            .PerformAttestationAsync(new PasskeyAttestationContext
            {
                HttpContext = context,
                CredentialJson = silently ? SilentRegistration.WithUserPresence(answer, attestation) : answer.Json,
                AttestationState = challenge.State,
            });
        if (!verified.Succeeded)
        {
            return new RegistrationResult.Refused(Reason(challenge, data, await passkeys.FindByCredentialAsync(answer.Id, cancellationToken)));
        }

        if (options.Value.AllowedAuthenticators.Count > 0 && !(attested is AttestationResult.Verified && options.Value.AllowedAuthenticators.Contains(data.Aaguid)))
        {
            return new RegistrationResult.Refused(PasskeyRefusal.AuthenticatorNotAllowed);
        }

        return await challenges.TryUseAsync(tenant.Id, challenge, cancellationToken)
            ? await KeepAsync(Describe(party, user, verified.Passkey, data, attested, name), silently, cancellationToken)
            : new RegistrationResult.Refused(PasskeyRefusal.Replayed);
    }

    private async Task<RegistrationResult> KeepAsync(Passkey passkey, bool silently, CancellationToken cancellationToken)
    {
        switch (await passkeys.AddAsync(passkey, cancellationToken))
        {
            case PasskeyDirectory.Addition.TooMany:
                return new RegistrationResult.Refused(PasskeyRefusal.TooMany);
            case PasskeyDirectory.Addition.AlreadyRegistered:
                return new RegistrationResult.Refused(PasskeyRefusal.AlreadyRegistered);
            default:
                PasskeyLog.Registered(logger, passkey.UserId.ToString("D"), passkey.Id.ToString("D"));
                return new RegistrationResult.Registered(passkey, silently);
        }
    }

    private Passkey Describe(RelyingParty party, User user, UserPasskeyInfo verified, AuthenticatorClaims data, AttestationResult attested, Func<Guid, IReadOnlyList<string>, string> name)
    {
        var now = time.GetUtcNow();
        var transports = Transport.Known(verified.Transports);
        return new Passkey
        {
            TenantId = tenant.Id,
            Id = Guid.CreateVersion7(now),
            UserId = user.Id,
            CredentialId = verified.CredentialId,
            RelyingPartyId = party.Id,
            PublicKey = verified.PublicKey,
            SignCount = verified.SignCount,
            Transports = string.Join(' ', transports),
            UserVerificationInitialized = data.Flags.HasFlag(AuthenticatorFlags.UserVerified),
            IsBackupEligible = verified.IsBackupEligible,
            IsBackedUp = verified.IsBackedUp,
            Aaguid = data.Aaguid,
            AttestationFormat = (attested as AttestationResult.Verified)?.Format,
            Name = name(data.Aaguid, transports),
            CreatedAt = now,
        };
    }

    // What a browser makes by itself is never attested; where models are restricted, none is asked for.
    private Func<PasskeyAttestationStatementVerificationContext, bool>? AttestationRule(bool silently, Action<AttestationResult> tell) =>
        !roots.Any || silently
            ? null
            : statement =>
            {
                var result = AttestationObject.Parse(statement.AttestationObject) is { } attestation
                    ? attestations.Verify(attestation, statement.ClientDataHash.Span)
                    : AttestationResult.Invalid.Instance;
                tell(result);
                return result is not AttestationResult.Invalid;
            };

    private static PasskeyRefusal Reason(PasskeyChallenge challenge, AuthenticatorClaims data, Passkey? existing)
    {
        if (existing is not null)
        {
            return PasskeyRefusal.AlreadyRegistered;
        }

        return challenge.RequireUserVerification && !data.Flags.HasFlag(AuthenticatorFlags.UserVerified) ? PasskeyRefusal.UserNotVerified : PasskeyRefusal.NotVerified;
    }
}
