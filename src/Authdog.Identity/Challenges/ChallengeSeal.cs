using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Authdog.Identity.Attacks;
using Authdog.Identity.Clients;
using Authdog.Identity.Identifiers;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Challenges;

/// <summary>Makes challenges that nobody but this client can use, at this tenant, for a while; and reads them back.</summary>
internal sealed class ChallengeSeal(IDataProtectionProvider protection, ClientMarks marks, IOptions<ChallengeOptions> options, TimeProvider time)
{
    private const int MaxLength = 2048;
    private readonly IDataProtector _protector = protection.CreateProtector("Authdog.Challenge.v1");

    /// <summary>Hands out the mark that challenges, passes and kept forms are bound to, where there is none.</summary>
    public void Ensure(HttpContext context, TenantId tenant) => marks.Ensure(context, tenant);

    /// <summary>A new challenge for the request's client, with its sealed form.</summary>
    public (Challenge Challenge, string Sealed) Make(HttpContext context, TenantId tenant, ChallengeLevel level, int bits)
    {
        Ensure(context, tenant);
        Challenge challenge = new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), tenant.Value, ClientOf(context, tenant), level, bits, time.GetUtcNow() + options.Value.Lifetime);
        return (challenge, _protector.Protect(JsonSerializer.Serialize(challenge)));
    }

    /// <summary>The challenge that a client sent back; null when it is none, changed, too old, another tenant's or another client's.</summary>
    public Challenge? Open(HttpContext context, TenantId tenant, string? text)
    {
        if (text is not { Length: > 0 and <= MaxLength })
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Challenge>(_protector.Unprotect(text)) is { } challenge
                && challenge.Tenant == tenant.Value
                && time.GetUtcNow() < challenge.ExpiresAt
                && IsClient(context, tenant, challenge.Client)
                    ? challenge
                    : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>What a challenge and a pass are bound to: the client's network (an IPv4 address, an IPv6 /64) together with its mark. A client without a mark is like no other.</summary>
    public string ClientOf(HttpContext context, TenantId tenant)
    {
        var mark = marks.Find(context, tenant)?.Id ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{ClientNetwork.Of(context.Connection.RemoteIpAddress)}\n{mark}")));
    }

    /// <summary>Whether this is that client.</summary>
    public bool IsClient(HttpContext context, TenantId tenant, string client) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(ClientOf(context, tenant)), Encoding.ASCII.GetBytes(client));
}
