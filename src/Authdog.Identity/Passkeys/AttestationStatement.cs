using System.Formats.Cbor;

namespace Authdog.Identity.Passkeys;

/// <summary>An attestation statement of any format, taken apart (WebAuthn Level 3, section 8). What a format does not have is absent. Reading verifies nothing.</summary>
/// <param name="Members">Names that are there.</param>
/// <param name="Algorithm"><c>alg</c>.</param>
/// <param name="Signature"><c>sig</c>.</param>
/// <param name="Certificates"><c>x5c</c>, the attestation certificate first.</param>
/// <param name="Version"><c>ver</c>.</param>
/// <param name="CertInfo"><c>certInfo</c>.</param>
/// <param name="PubArea"><c>pubArea</c>.</param>
internal sealed record AttestationStatement(
    IReadOnlySet<string> Members, long Algorithm, byte[] Signature, IReadOnlyList<byte[]> Certificates, string? Version, byte[] CertInfo, byte[] PubArea)
{
    private const int MaxCertificates = 6;

    /// <summary>Reads a statement; null when it is none, or has anything that no format has.</summary>
    public static AttestationStatement? Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var statement = new AttestationStatement(new HashSet<string>(), 0, [], [], null, [], []);
            var members = new HashSet<string>(StringComparer.Ordinal);
            var reader = new CborReader(bytes, CborConformanceMode.Strict);
            reader.ReadStartMap();
            while (reader.PeekState() is not CborReaderState.EndMap)
            {
                var member = reader.ReadTextString();
                members.Add(member);
                switch (member)
                {
                    case "alg":
                        statement = statement with { Algorithm = reader.ReadInt64() };
                        break;
                    case "sig":
                        statement = statement with { Signature = reader.ReadByteString() };
                        break;
                    case "x5c":
                        statement = statement with { Certificates = ReadCertificates(reader) };
                        break;
                    case "ver":
                        statement = statement with { Version = reader.ReadTextString() };
                        break;
                    case "certInfo":
                        statement = statement with { CertInfo = reader.ReadByteString() };
                        break;
                    case "pubArea":
                        statement = statement with { PubArea = reader.ReadByteString() };
                        break;
                    default:
                        return null;
                }
            }

            reader.ReadEndMap();
            return statement with { Members = members };
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>Whether it has these members and no others.</summary>
    public bool Has(params ReadOnlySpan<string> members) => Members.SetEquals(members.ToArray());

    private static List<byte[]> ReadCertificates(CborReader reader)
    {
        List<byte[]> certificates = [];
        if (reader.ReadStartArray() is not (>= 1 and <= MaxCertificates and var count))
        {
            throw new CborContentException("No certificates, too many, or an array of unknown length.");
        }

        for (var read = 0; read < count; read++)
        {
            certificates.Add(reader.ReadByteString());
        }

        reader.ReadEndArray();
        return certificates;
    }
}
