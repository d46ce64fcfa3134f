using System.Diagnostics.CodeAnalysis;

namespace Authdog.Identity.Passwords.Imported;

/// <summary>A password hash that another system made. It is verified as it is, once: the first sign-in replaces it by one of our own.</summary>
internal abstract record ImportedHash
{
    /// <summary>Formats, as operators know them.</summary>
    public const string Formats = "Argon2id as PHC string ($argon2id$…), bcrypt ($2a$, $2b$, $2y$), PBKDF2 as of Django (pbkdf2_sha256$…) or passlib ($pbkdf2-sha256$…), and ASP.NET Core Identity (base64)";

    /// <summary>Longest text.</summary>
    protected const int MaxLength = 400;

    // What verifying may cost at most: an imported hash must not be able to take the whole machine (I14).
    protected const int MaxIterations = 5_000_000;

    /// <summary>Whether the password is right.</summary>
    /// <param name="password">In UTF-8.</param>
    public abstract bool Verify(byte[] password);

    /// <summary>Reads a hash in any of the formats; false when it is none, or costs more than allowed.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ImportedHash? hash)
    {
        hash = text is not { Length: > 0 and <= MaxLength } ? null
            : BcryptHash.Parse(text) ?? Pbkdf2Hash.Parse(text) ?? LanedArgon2Hash.Parse(text) ?? (ImportedHash?)IdentityHash.Parse(text);
        return hash is not null;
    }

    /// <summary>Prints the format, not the hash.</summary>
    public sealed override string ToString() => GetType().Name;
}
