using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Authdog.Protocols.Saml.Errors;

namespace Authdog.Protocols.Saml.Responses;

/// <summary>An assertion that is right in everything but one question that only a store shared by all nodes can answer: is it used for the first time?</summary>
/// <remarks>The caller sets <see cref="ReplayKey"/> with "only if absent" until <see cref="ReplayUntil"/> and passes on whether that worked.</remarks>
public sealed class UnredeemedAssertion
{
    private readonly AssertionContent _content;

    internal UnredeemedAssertion(AssertionContent content, DateTimeOffset replayUntil)
    {
        _content = content;
        ReplayUntil = replayUntil;
        ReplayKey = Key(content.Issuer, content.Id);
    }

    /// <summary>Hash of issuer and identifier, to be put under a key of the tenant's connection.</summary>
    public string ReplayKey { get; }

    /// <summary>From when on the assertion would be refused anyway.</summary>
    public DateTimeOffset ReplayUntil { get; }

    /// <summary>Makes the assertion usable.</summary>
    /// <param name="isFirstUse">Whether the key was not there before.</param>
    /// <param name="assertion">The assertion.</param>
    /// <param name="error">That it was used before.</param>
    public bool TryRedeem(bool isFirstUse, [NotNullWhen(true)] out VerifiedSamlAssertion? assertion, [NotNullWhen(false)] out SamlError? error)
    {
        assertion = isFirstUse ? new VerifiedSamlAssertion(_content) : null;
        error = isFirstUse ? null : new(SamlErrorCode.Replayed, "This assertion was used before. Begin the sign-in again; if that does not help, the identity provider sends the same assertion twice.");
        return isFirstUse;
    }

    // Length-prefixed, so that no issuer and identifier can be cut in another place.
    private static string Key(string issuer, string id)
    {
        var bytes = new byte[4 + Encoding.UTF8.GetByteCount(issuer) + Encoding.UTF8.GetByteCount(id)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, Encoding.UTF8.GetByteCount(issuer));
        Encoding.UTF8.GetBytes(issuer + id, bytes.AsSpan(4));
        return Convert.ToHexString(SHA256.HashData(bytes));
    }
}
