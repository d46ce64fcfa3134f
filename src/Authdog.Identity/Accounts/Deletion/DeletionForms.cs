using System.Security.Cryptography;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.DataProtection;

namespace Authdog.Identity.Accounts.Deletion;

/// <summary>Remembers in the form itself whose deletion it asks for: sent twice, its second answer finds no session any more, and signing in again to repeat it would call the deletion off.</summary>
internal sealed class DeletionForms(IDataProtectionProvider protection, CurrentTenant tenant)
{
    private const int MaxLength = 1024;
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(1);
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Authdog.DeletionForm.v1", tenant.Id.Value).ToTimeLimitedDataProtector();

    /// <summary>The form's mark.</summary>
    public string Seal(UserId user) => _protector.Protect(user.Value.ToString("N"), s_lifetime);

    /// <summary>Whose form it was; null when the mark is none, too old or another tenant's.</summary>
    public UserId? Open(string? mark)
    {
        if (mark is not { Length: > 0 and <= MaxLength })
        {
            return null;
        }

        try
        {
            return Guid.TryParseExact(_protector.Unprotect(mark), "N", out var id) ? new UserId(id) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
