using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Authdog.Identity.Sessions;

/// <summary>The session cookie's value: 256 random bits, base64url. Never stored or logged; <see cref="ToString"/> prints a fingerprint.</summary>
public sealed class SessionToken
{
    private const int Length = 43;

    private SessionToken(string value)
    {
        Value = value;
        Id = new SessionId(Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(value))));
    }

    /// <summary>The secret itself: for the cookie, for nothing else.</summary>
    public string Value { get; }

    /// <summary>The hash that the store knows.</summary>
    public SessionId Id { get; }

    /// <summary>A new random token.</summary>
    public static SessionToken New() => New(forStandby: false);

    /// <summary>The same, of a session that is kept in the one store or in the other: the hash says in which (of 256 bits, 12 are spent on it).</summary>
    internal static SessionToken New(bool forStandby)
    {
        while (true)
        {
            var token = new SessionToken(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));
            if (token.Id.IsStandby == forStandby)
            {
                return token;
            }
        }
    }

    /// <summary>Reads a cookie's value; false when it cannot be a token (B18: length first).</summary>
    public static bool TryParse(string? value, [NotNullWhen(true)] out SessionToken? token)
    {
        token = value is { Length: Length } && Base64Url.IsValid(value) ? new SessionToken(value) : null;
        return token is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"session {Id.Value[..8]}…";
}
