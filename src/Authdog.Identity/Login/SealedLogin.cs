using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Authdog.Identity.Login;

/// <summary>A login of which nothing is known yet but where it leads travels sealed in its own page instead of lying in the store.</summary>
/// <remarks>Measured: while every look at the login page wrote a record, half a million looks pushed live sessions out of the embedded store (B18).</remarks>
internal sealed class SealedLogin(IDataProtectionProvider protection)
{
    private const int MaxLength = 4096;
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Authdog.Login.v1").ToTimeLimitedDataProtector();

    /// <summary>The transaction as an opaque text that is good for a while.</summary>
    public string Seal(LoginTransaction transaction, TimeSpan lifetime) =>
        _protector.Protect(string.Join('\n', transaction.Binding, transaction.Acr, transaction.Reauthenticate ? "1" : "0", transaction.Return), lifetime);

    /// <summary>The transaction of such a text; null when it is none, changed or too old.</summary>
    public LoginTransaction? Open(string text)
    {
        if (text.Length > MaxLength)
        {
            return null;
        }

        try
        {
            return _protector.Unprotect(text).Split('\n') is [var binding, var acr, var reauthenticate, var target]
                ? new LoginTransaction { Binding = binding, Acr = acr.Length > 0 ? acr : null, Reauthenticate = reauthenticate == "1", Return = target }
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
