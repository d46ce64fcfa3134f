using System.Buffers.Text;
using System.Security.Cryptography;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.DataProtection;

namespace Authdog.Identity.Mfa;

/// <summary>Makes and reads back secrets of authenticator apps that are being set up.</summary>
internal sealed class PendingAuthenticators(IDataProtectionProvider protection)
{
    private const int MaxLength = 1024;
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(15);
    private readonly IDataProtector _protector = protection.CreateProtector("Authdog.PendingAuthenticator.v1");

    public PendingAuthenticator Begin(User user)
    {
        var seed = RandomNumberGenerator.GetBytes(Totp.SeedLength);
        return new PendingAuthenticator(seed, Base64Url.EncodeToString(For(user).Protect(seed, s_lifetime)));
    }

    /// <summary>The one that a page carried; null when it is too old, changed or another user's.</summary>
    public PendingAuthenticator? Find(User user, string? text)
    {
        if (text is not { Length: > 0 and <= MaxLength } || !Base64Url.IsValid(text))
        {
            return null;
        }

        try
        {
            return new PendingAuthenticator(For(user).Unprotect(Base64Url.DecodeFromChars(text), out _), text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private ITimeLimitedDataProtector For(User user) => _protector.CreateProtector(user.TenantId.Value, user.Id.ToString("N")).ToTimeLimitedDataProtector();
}
