using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Invitations;

/// <summary>The secret of an invitation's link: 256 random bits, kept as their hash under tenant and address.</summary>
internal static class InvitationToken
{
    private const int Length = 43;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static bool IsOne(string? text) => text is { Length: Length } && Base64Url.IsValid(text);

    /// <summary>What is kept. The purpose and the tenant go in: a secret of another kind, or of another tenant, finds nothing (B9, I10).</summary>
    public static string Hash(TenantId tenant, string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"invitation\n{tenant.Value}\n{secret}")));
}
