using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Redis;
using Authdog.Identity.Standby;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Passkeys;

/// <summary>Hands out challenges that are bound to tenant, browser and page, and takes each at most once (I7).</summary>
/// <remarks>
/// A challenge travels sealed in its page, like a login that is not written yet: every look at a login page asks for one, and records of
/// them would push live sessions out of the store (B18). What is answered is marked in the shared store, in one atomic step on every node.
/// </remarks>
internal sealed class PasskeyChallenges(IDataProtectionProvider protection, CounterStore used, StandbyStore standby, BrowserBinding binding, TimeProvider time)
{
    private const string UsedPurpose = "passkey-answered";
    private const string UsedKind = "passkey";
    private const int MaxLength = 4096;
    private readonly IDataProtector _protector = protection.CreateProtector("Authdog.Passkey.v1");

    /// <summary>The challenge as an opaque text for the page.</summary>
    public string Seal(PasskeyChallenge challenge) => _protector.Protect(JsonSerializer.Serialize(challenge));

    /// <summary>The hash that binds a challenge to this browser.</summary>
    public string Binding(HttpContext context) => binding.Ensure(context);

    /// <summary>The challenge of such a text if it is good here and now; null when it is none, changed, too old, or another tenant's, browser's, page's or ceremony's.</summary>
    public PasskeyChallenge? Open(HttpContext context, string? text, TenantId tenant, string thread, params ReadOnlySpan<PasskeyPurpose> purposes) =>
        Unseal(text) is { } challenge
        && purposes.Contains(challenge.Purpose)
        && challenge.Tenant == tenant.Value
        && challenge.Thread == thread
        && challenge.ExpiresAt > time.GetUtcNow()
        && binding.Matches(context, challenge.Binding)
            ? challenge
            : null;

    /// <summary>Takes the challenge; of two that try, on whatever nodes, one gets false.</summary>
    public async Task<bool> TryUseAsync(TenantId tenant, PasskeyChallenge challenge, CancellationToken cancellationToken)
    {
        var ends = challenge.ExpiresAt + TimeSpan.FromMinutes(1);

        // Where sign-ins go on while the store is away, the directory alone knows what was taken: the same before, meanwhile and after.
        return standby.IsEnabled
            ? await standby.TryCreateAsync(tenant, UsedKind, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(challenge.State))), null, [], ends, cancellationToken)
            : await used.IncrementAsync(tenant, UsedPurpose, challenge.State, ends - time.GetUtcNow(), cancellationToken) == 1;
    }

    private PasskeyChallenge? Unseal(string? text)
    {
        if (text is not { Length: > 0 and <= MaxLength })
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<PasskeyChallenge>(_protector.Unprotect(text));
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return null;
        }
    }
}
