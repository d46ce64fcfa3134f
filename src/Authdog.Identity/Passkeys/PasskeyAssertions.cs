using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Passkeys;

/// <summary>Sign-in by passkey: asks, and verifies the answer (WebAuthn Level 3, section 7.2) with Identity's handler as the core and what it leaves out around it.</summary>
/// <remarks>
/// Left to the handler: type, challenge, origin (by our rule), RP ID hash, presence, verification where required, BS ⇒ BE, BE unchanged, signature,
/// that the credential is the user's and the user handle is too. Added here: bounds, single use, browser, page and tenant of the challenge,
/// the record's own RP ID, the counter, the user's state.
/// </remarks>
internal sealed class PasskeyAssertions(
    CeremonyHandlers handlers,
    PasskeyChallenges challenges,
    PasskeyDirectory passkeys,
    RelyingParties parties,
    CurrentTenant tenant,
    TenantOptions<PasskeyOptions> options,
    TimeProvider time,
    ILogger<PasskeyAssertions> logger)
{
    /// <summary>Options for any passkey of this relying party: the same for everybody, whoever is asked for (I1).</summary>
    public async Task<AskedCeremony?> AskAnyAsync(HttpContext context, string thread, TimeSpan lifetime)
    {
        var required = options.Value.UserVerification is UserVerification.Required;
        return parties.Find(context) is { } party
            ? Seal(context, party, thread, lifetime, null, required, await handlers.For(party, required).MakeRequestOptionsAsync(null, context))
            : null;
    }

    /// <summary>Options for the passkeys of a user who has proved something already; null when there are none here.</summary>
    /// <param name="context">The request.</param>
    /// <param name="user">The user.</param>
    /// <param name="thread">The login transaction.</param>
    /// <param name="lifetime">How long it can be answered.</param>
    /// <param name="besideKnowledge">Whether a password has been proved: then possession alone makes a second factor.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<AskedCeremony?> AskUserAsync(HttpContext context, User user, string thread, TimeSpan lifetime, bool besideKnowledge, CancellationToken cancellationToken)
    {
        if (parties.Find(context) is not { } party)
        {
            return null;
        }

        var own = (await passkeys.ListAsync(user.UserId, cancellationToken)).Where(p => p.RelyingPartyId == party.Id).Select(p => p.CredentialId).ToList();
        var required = !besideKnowledge && options.Value.UserVerification is UserVerification.Required;
        return own.Count == 0
            ? null
            : Seal(context, party, thread, lifetime, user.Id, required, await handlers.For(party, required).MakeRequestOptionsAsync(user, context), own, besideKnowledge);
    }

    /// <summary>Judges an answer. Nothing is remembered of one that does not hold.</summary>
    /// <param name="context">The request.</param>
    /// <param name="sealedChallenge">What the page posted beside the answer.</param>
    /// <param name="json">The answer.</param>
    /// <param name="thread">The login transaction that it came with.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<AssertionResult> VerifyAsync(HttpContext context, string? sealedChallenge, string? json, string thread, CancellationToken cancellationToken)
    {
        var result = await JudgeAsync(context, sealedChallenge, json, thread, cancellationToken);
        if (result is AssertionResult.Refused refused)
        {
            PasskeyLog.SignInRefused(logger, refused.Reason, refused.User?.ToString("D") ?? "unknown");
        }

        return result;
    }

    private async Task<AssertionResult> JudgeAsync(HttpContext context, string? sealedChallenge, string? json, string thread, CancellationToken cancellationToken)
    {
        if (CredentialAnswer.Parse(json) is not { AuthenticatorData: { } bytes } answer || AuthenticatorClaims.Parse(bytes) is not { } data)
        {
            return new AssertionResult.Refused(PasskeyRefusal.Malformed);
        }

        if (parties.Find(context) is not { } party
            || challenges.Open(context, sealedChallenge, tenant.Id, thread, PasskeyPurpose.SignIn) is not { } challenge
            || challenge.RelyingPartyId != party.Id)
        {
            return new AssertionResult.Refused(PasskeyRefusal.Challenge);
        }

        var passkey = await passkeys.FindByCredentialAsync(answer.Id, cancellationToken);
        if (passkey is null)
        {
            return new AssertionResult.Refused(PasskeyRefusal.UnknownCredential, answer.Id);
        }

        if (passkey.RelyingPartyId != party.Id || (challenge.User is { } asked && asked != passkey.UserId))
        {
            return new AssertionResult.Refused(PasskeyRefusal.UnknownCredential, User: passkey.UserId);
        }

        var verified = await handlers.For(party, challenge.RequireUserVerification)
            .PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = context, CredentialJson = answer.Json, AssertionState = challenge.State });
        if (!verified.Succeeded)
        {
            var unverified = challenge.RequireUserVerification && !data.Flags.HasFlag(AuthenticatorFlags.UserVerified);
            return new AssertionResult.Refused(unverified ? PasskeyRefusal.UserNotVerified : PasskeyRefusal.NotVerified, User: passkey.UserId);
        }

        if (!await challenges.TryUseAsync(tenant.Id, challenge, cancellationToken))
        {
            return new AssertionResult.Refused(PasskeyRefusal.Replayed, User: passkey.UserId);
        }

        return await AcceptAsync(verified.User, passkey, data, challenge, cancellationToken);
    }

    private async Task<AssertionResult> AcceptAsync(User user, Passkey passkey, AuthenticatorClaims data, PasskeyChallenge challenge, CancellationToken cancellationToken)
    {
        if (!await passkeys.RecordUseAsync(passkey, data, challenge.BesideKnowledge, cancellationToken))
        {
            PasskeyLog.CounterRegressed(logger, user.Id.ToString("D"), passkey.Id.ToString("D"));
            if (options.Value.CounterRegression is CounterRegression.Refuse)
            {
                return new AssertionResult.Refused(PasskeyRefusal.CounterRegressed, User: user.Id);
            }
        }

        if (user is not { Disabled: false, EmailConfirmed: true })
        {
            return new AssertionResult.Refused(PasskeyRefusal.UserShutOut, User: user.Id);
        }

        passkey.UserVerificationInitialized |= challenge.BesideKnowledge && data.Flags.HasFlag(AuthenticatorFlags.UserVerified);
        return new AssertionResult.Verified(new VerifiedAssertion(user, passkey, data.Flags));
    }

    private AskedCeremony Seal(
        HttpContext context, RelyingParty party, string thread, TimeSpan lifetime, Guid? user, bool required, PasskeyRequestOptionsResult made, List<byte[]>? only = null, bool besideKnowledge = false)
    {
        var json = only is null ? made.RequestOptionsJson : CredentialList.Keep(made.RequestOptionsJson, "allowCredentials", only);
        return new AskedCeremony(json, challenges.Seal(new PasskeyChallenge
        {
            Purpose = PasskeyPurpose.SignIn,
            Tenant = tenant.Id.Value,
            RelyingPartyId = party.Id,
            Binding = challenges.Binding(context),
            Thread = thread,
            User = user,
            RequireUserVerification = required,
            BesideKnowledge = besideKnowledge,
            State = made.AssertionState!,
            ExpiresAt = time.GetUtcNow() + lifetime,
        }));
    }
}
