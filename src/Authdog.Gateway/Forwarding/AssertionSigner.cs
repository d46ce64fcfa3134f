using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Authdog.Gateway.Routing;
using Authdog.Identity.Keys;
using Authdog.Identity.Sessions;

namespace Authdog.Gateway.Forwarding;

/// <summary>Makes the identity assertion: a compact JWS (RFC 7515), ES256, <c>typ: authdog-assertion+jwt</c>.</summary>
internal static class AssertionSigner
{
    /// <summary>Longest life of an assertion.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const int SignatureLength = 64;

    public static SignedAssertion Sign(SigningKey key, Session session, string issuer, string audience, DateTimeOffset now, AssertionClaims further = AssertionClaims.None)
    {
        // NumericDate in whole seconds, and never beyond the session's own end.
        var issuedAt = now.ToUnixTimeSeconds();
        var expiresAt = Math.Min(issuedAt + (long)Lifetime.TotalSeconds, session.AbsoluteExpiresAt.ToUnixTimeSeconds());

        var text = new ArrayBufferWriter<byte>(1024);
        Append(text, Header(key.Kid));
        text.Write("."u8);
        Append(text, Claims(session, issuer, audience, issuedAt, expiresAt, further));

        Span<byte> signature = stackalloc byte[SignatureLength];
        if (!key.Key.TrySignData(text.WrittenSpan, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation, out var written)
            || written != SignatureLength)
        {
            throw new CryptographicException("The assertion key is no P-256 key.");
        }

        text.Write("."u8);
        Append(text, signature);
        var halfLife = DateTimeOffset.FromUnixTimeSeconds(issuedAt + ((expiresAt - issuedAt) / 2));
        return new SignedAssertion(Encoding.ASCII.GetString(text.WrittenSpan), key.Kid, halfLife, DateTimeOffset.FromUnixTimeSeconds(expiresAt));
    }

    private static ReadOnlySpan<byte> Header(string kid)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("alg"u8, "ES256"u8);
        json.WriteString("typ"u8, "authdog-assertion+jwt");
        json.WriteString("kid"u8, kid);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan;
    }

    private static ReadOnlySpan<byte> Claims(Session session, string issuer, string audience, long issuedAt, long expiresAt, AssertionClaims further)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("iss"u8, issuer);
        json.WriteString("aud"u8, audience);
        json.WriteString("sub"u8, session.User.ToString());
        json.WriteString("sid"u8, session.Id.Value);
        json.WriteString("tenant"u8, session.Tenant.Value);
        json.WriteString("email"u8, session.Email);
        json.WriteBoolean("email_verified"u8, session.EmailVerified);
        json.WriteString("name"u8, session.Name);
        WriteArray(json, "roles"u8, session.Roles);
        if (further.HasFlag(AssertionClaims.Groups))
        {
            WriteArray(json, "groups"u8, session.Groups);
        }

        if (further.HasFlag(AssertionClaims.Permissions))
        {
            WriteArray(json, "permissions"u8, session.Permissions);
        }

        if (further.HasFlag(AssertionClaims.Consents))
        {
            WriteConsents(json, session);
        }

        WriteArray(json, "amr"u8, session.Amr);
        json.WriteString("acr"u8, session.Acr);
        json.WriteNumber("auth_time"u8, session.AuthenticatedAt.ToUnixTimeSeconds());
        json.WriteNumber("iat"u8, issuedAt);
        json.WriteNumber("nbf"u8, issuedAt);
        json.WriteNumber("exp"u8, expiresAt);
        json.WriteString("jti"u8, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)));
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan;
    }

    // Nothing agreed to is an empty object, as no groups are an empty list.
    private static void WriteConsents(Utf8JsonWriter json, Session session)
    {
        json.WritePropertyName("consents"u8);
        if (session.Claims.TryGetValue("consents", out var consents))
        {
            consents.WriteTo(json);
            return;
        }

        json.WriteStartObject();
        json.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter json, ReadOnlySpan<byte> name, ImmutableArray<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values.IsDefault ? [] : values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static void Append(ArrayBufferWriter<byte> text, ReadOnlySpan<byte> bytes)
    {
        var span = text.GetSpan(Base64Url.GetEncodedLength(bytes.Length));
        text.Advance(Base64Url.EncodeToUtf8(bytes, span));
    }
}
