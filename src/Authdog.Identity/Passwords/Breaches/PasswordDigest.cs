using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Authdog.Identity.Passwords.Breaches;

/// <summary>SHA-1 of a password in UTF-8: what lists of leaked passwords consist of. It protects nothing here; it only names.</summary>
internal static class PasswordDigest
{
    public const int Length = 20;

    [SuppressMessage("Security", "CA5350", Justification = "The published lists are of SHA-1.")]
    public static byte[] Of(string password)
    {
#pragma warning disable RS0030 // The published lists are of SHA-1.
        return SHA1.HashData(Encoding.UTF8.GetBytes(password));
#pragma warning restore RS0030
    }
}
