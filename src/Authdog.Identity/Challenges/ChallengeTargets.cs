using System.Security.Cryptography;
using Authdog.Identity.Identifiers;
using Microsoft.AspNetCore.DataProtection;

namespace Authdog.Identity.Challenges;

/// <summary>Where a client that a route sent to a challenge goes on to. The gateway says it, sealed, so that no link leads anywhere else by it (B8).</summary>
internal sealed class ChallengeTargets(IDataProtectionProvider protection)
{
    private const int MaxLength = 8192;
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(1);
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Authdog.ChallengeTarget.v1").ToTimeLimitedDataProtector();

    /// <summary>The target as an opaque text.</summary>
    public string Seal(TenantId tenant, string target) => _protector.Protect($"{tenant.Value}\n{target}", s_lifetime);

    /// <summary>The target; the start page when the text is none of ours, or too old.</summary>
    public string Open(TenantId tenant, string? text)
    {
        if (text is not { Length: > 0 and <= MaxLength })
        {
            return "/";
        }

        try
        {
            return _protector.Unprotect(text).Split('\n', 2) is [var owner, var target] && owner == tenant.Value ? target : "/";
        }
        catch (CryptographicException)
        {
            return "/";
        }
    }
}
