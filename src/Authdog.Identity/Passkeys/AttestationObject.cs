using System.Formats.Cbor;
using System.Runtime.InteropServices;

namespace Authdog.Identity.Passkeys;

/// <summary>An attestation object, taken apart (WebAuthn Level 3, section 6.5). Reading verifies nothing.</summary>
/// <param name="Format">Format of the statement, such as <c>packed</c>.</param>
/// <param name="Statement">The statement, encoded.</param>
/// <param name="AuthenticatorData">What the statement is about.</param>
internal sealed record AttestationObject(string Format, ReadOnlyMemory<byte> Statement, ReadOnlyMemory<byte> AuthenticatorData)
{
    public static AttestationObject? Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            string? format = null;
            ReadOnlyMemory<byte>? statement = null;
            ReadOnlyMemory<byte>? data = null;
            var reader = new CborReader(bytes, CborConformanceMode.Strict);
            reader.ReadStartMap();
            while (reader.PeekState() is not CborReaderState.EndMap)
            {
                switch (reader.ReadTextString())
                {
                    case "fmt":
                        format = reader.ReadTextString();
                        break;
                    case "attStmt":
                        statement = reader.ReadEncodedValue();
                        break;
                    case "authData":
                        data = reader.ReadDefiniteLengthByteString();
                        break;
                    default:
                        return null;
                }
            }

            reader.ReadEndMap();
            return format is null || statement is null || data is null ? null : new AttestationObject(format, statement.Value, data.Value);
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Where a part of these bytes begins.</summary>
    internal static int OffsetOf(ReadOnlyMemory<byte> part, byte[] whole) =>
        MemoryMarshal.TryGetArray(part, out var segment) && ReferenceEquals(segment.Array, whole)
            ? segment.Offset
            : throw new ArgumentException("These are no part of those bytes.", nameof(part));
}
