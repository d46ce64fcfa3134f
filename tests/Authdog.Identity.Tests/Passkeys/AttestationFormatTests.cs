using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Authdog.Identity.Passkeys;
using Microsoft.Extensions.Time.Testing;

namespace Authdog.Identity.Tests.Passkeys;

/// <summary>Attestation statements of the formats <c>tpm</c>, <c>android-key</c>, <c>apple</c> and <c>fido-u2f</c>, valid but for exactly one thing (WebAuthn Level 3, sections 8.3 to 8.8).</summary>
[Trait("Threat", "I7")]
public sealed class AttestationFormatTests : IDisposable
{
    private const string KeyDescription = "1.3.6.1.4.1.11129.2.1.17";
    private static readonly DateTimeOffset s_now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly SoftwareAuthenticator _authenticator = new();
    private readonly ECDsa _rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;

    public AttestationFormatTests()
    {
        var request = new CertificateRequest("CN=Maker's root", _rootKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        _root = request.CreateSelfSigned(s_now.AddYears(-1), s_now.AddYears(20));
    }

    public static TheoryData<string> Formats => ["tpm", "android-key", "apple", "fido-u2f"];

    public void Dispose()
    {
        _authenticator.Dispose();
        _rootKey.Dispose();
        _key.Dispose();
        _root.Dispose();
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Verifies_WhenNothingIsWrong(string format) => Judge(format).ShouldBe(new AttestationResult.Verified(format));

    [Theory]
    [MemberData(nameof(Formats))]
    public void ModelImpersonation_UpToTheRootsOfAllModels_ProvesNone(string format) => Judge(format, forModel: false).ShouldBeOfType<AttestationResult.Unattested>();

    [Theory]
    [MemberData(nameof(Formats))]
    public void ModelImpersonation_OfAModelWithOtherRoots_ProvesNone(string format)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Another maker", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        using var other = request.CreateSelfSigned(s_now.AddYears(-1), s_now.AddYears(20));

        Judge(format, root: other).ShouldBeOfType<AttestationResult.Unattested>();
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Invalid_WhenTheCeremonyIsAnother(string format) => Judge(format, hash: new byte[32]).ShouldBeOfType<AttestationResult.Invalid>();

    [Theory]
    [MemberData(nameof(Formats))]
    public void Invalid_WhenTheStatementHasWhatIsNotItsFormats(string format) => Judge(format, more: true).ShouldBeOfType<AttestationResult.Invalid>();

    [Theory]
    [InlineData("tpm")]
    [InlineData("android-key")]
    [InlineData("fido-u2f")]
    public void Invalid_WhenAnotherKeySigned(string format) => Judge(format, forged: true).ShouldBeOfType<AttestationResult.Invalid>();

    [Theory]
    [InlineData("android-key")]
    [InlineData("apple")]
    public void Invalid_WhenTheCertificateIsForAnotherKey(string format) => Judge(format, otherKey: true).ShouldBeOfType<AttestationResult.Invalid>();

    [Fact]
    public void Invalid_WhenU2fHasTwoCertificates() => Judge("fido-u2f", certificates: 2).ShouldBeOfType<AttestationResult.Invalid>();

    [Theory]
    [InlineData("2.1", -7, null)]
    [InlineData("2.0", -257, null)]
    [InlineData("2.0", -7, "magic")]
    [InlineData("2.0", -7, "type")]
    [InlineData("2.0", -7, "name")]
    [InlineData("2.0", -7, "rest")]
    [InlineData("2.0", -7, "cut")]
    [InlineData("2.0", -7, "key")]
    [InlineData("2.0", -7, "subject")]
    [InlineData("2.0", -7, "usage")]
    [InlineData("2.0", -7, "alternative")]
    [InlineData("2.0", -7, "authority")]
    public void Invalid_WhenTheTpmsPartIsWrong(string version, int algorithm, string? part) => Judge("tpm", version: version, algorithm: algorithm, part: part).ShouldBeOfType<AttestationResult.Invalid>();

    [Fact]
    public void Unattested_WhenTheTpmSignedWithSha1() => Judge("tpm", algorithm: -65535).ShouldBeOfType<AttestationResult.Unattested>();

    [Theory]
    [InlineData("all applications")]
    [InlineData("imported")]
    [InlineData("decrypts")]
    [InlineData("garbage")]
    public void Invalid_WhenTheAndroidKeyIsNoneOfWebAuthn(string part) => Judge("android-key", part: part).ShouldBeOfType<AttestationResult.Invalid>();

    [Theory]
    [InlineData("software only")]
    [InlineData("no purpose")]
    public void Unattested_WhenTheHardwareSaysTooLittle(string part) => Judge("android-key", part: part).ShouldBeOfType<AttestationResult.Unattested>();

    [Fact]
    public void NothingHostile_BringsItDown()
    {
        var random = new Random(20260601);
        foreach (var format in Formats)
        {
            var (attestation, client) = Make(format);
            var verifier = Verifier(_root, forModel: true);
            for (var round = 0; round < 300; round++)
            {
                var bytes = attestation.Statement.ToArray();
                for (var flips = random.Next(1, 4); flips > 0; flips--)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                // Whatever comes of it, no byte of it makes a proof of another statement.
                if (!bytes.AsSpan().SequenceEqual(attestation.Statement.Span))
                {
                    verifier.Verify(attestation with { Statement = bytes.AsMemory(0, random.Next(bytes.Length / 2, bytes.Length + 1)) }, client).ShouldNotBeNull();
                }
            }
        }
    }

    private AttestationResult Judge(
        string format,
        X509Certificate2? root = null,
        bool forModel = true,
        byte[]? hash = null,
        bool more = false,
        bool forged = false,
        bool otherKey = false,
        int certificates = 1,
        string version = "2.0",
        int algorithm = -7,
        string? part = null)
    {
        var (attestation, client) = Make(format, more, forged, otherKey, certificates, version, algorithm, part);
        return Verifier(root ?? _root, forModel).Verify(attestation, hash ?? client);
    }

    private AttestationVerifier Verifier(X509Certificate2 root, bool forModel) => new(
        forModel ? new AttestationRoots([], new Dictionary<Guid, X509Certificate2Collection> { [_authenticator.Aaguid] = [root] }) : new AttestationRoots([root]),
        new FakeTimeProvider(s_now));

    private (AttestationObject Attestation, byte[] ClientDataHash) Make(
        string format, bool more = false, bool forged = false, bool otherKey = false, int certificates = 1, string version = "2.0", int algorithm = -7, string? part = null)
    {
        var client = SHA256.HashData("client"u8);
        _authenticator.Attestation = (data, _) => (format, writer =>
        {
            byte[] signed = [.. data, .. client];
            var statement = format switch
            {
                "tpm" => Tpm(signed, forged, version, algorithm, part),
                "android-key" => Android(signed, client, forged, otherKey, part),
                "apple" => new SortedDictionary<string, object> { ["x5c"] = new[] { Certificate(otherKey ? _key : Own(), AppleNonce(SHA256.HashData(signed))) } },
                _ => new SortedDictionary<string, object>
                {
                    ["sig"] = Signed(forged, [0, .. data[..32], .. client, .. _authenticator.CredentialId, 4, .. Own().ExportParameters(false).Q.X!, .. Own().ExportParameters(false).Q.Y!]),
                    ["x5c"] = Enumerable.Repeat(Certificate(_key), certificates).ToArray(),
                },
            };
            if (more)
            {
                statement[format == "tpm" ? "other" : "pubArea"] = new byte[4];
            }

            writer.WriteStartMap(statement.Count);
            foreach (var (name, value) in statement)
            {
                writer.WriteTextString(name);
                Write(writer, value);
            }

            writer.WriteEndMap();
        });
        var bytes = CredentialAnswer.Parse(_authenticator.Create("""{"challenge":"AAAA","user":{"id":"AAAA"}}""")).ShouldNotBeNull().AttestationObject.ShouldNotBeNull();
        return (AttestationObject.Parse(bytes).ShouldNotBeNull(), client);
    }

    private static void Write(CborWriter writer, object value)
    {
        switch (value)
        {
            case int number:
                writer.WriteInt32(number);
                break;
            case string text:
                writer.WriteTextString(text);
                break;
            case byte[] bytes:
                writer.WriteByteString(bytes);
                break;
            case byte[][] list:
                writer.WriteStartArray(list.Length);
                foreach (var item in list)
                {
                    writer.WriteByteString(item);
                }

                writer.WriteEndArray();
                break;
            default:
                throw new ArgumentException("Not a value of a statement.", nameof(value));
        }
    }

    private SortedDictionary<string, object> Tpm(byte[] signed, bool forged, string version, int algorithm, string? part)
    {
        var point = (part == "key" ? _key : Own()).ExportParameters(false).Q;
        byte[] area = [.. Number(0x0023), .. Number(0x000b), 0, 4, 0, 0, .. Number(0), .. Number(0x0010), .. Number(0x0010), .. Number(3), .. Number(0x0010), .. Sized(point.X!), .. Sized(point.Y!)];
        byte[] name = [.. Number(0x000b), .. SHA256.HashData(part == "name" ? signed : area)];
        byte[] info =
        [
            0xff, 0x54, 0x43, part == "magic" ? (byte)0 : (byte)0x47, .. Number(part == "type" ? (ushort)0x8018 : (ushort)0x8017), .. Sized([]), .. Sized(SHA256.HashData(signed)),
            .. new byte[25], .. Sized(name), .. Sized([]), .. part == "rest" ? new byte[1] : [],
        ];
        info = part == "cut" ? info[..^3] : info;
        return new SortedDictionary<string, object>
        {
            ["alg"] = algorithm,
            ["certInfo"] = info,
            ["pubArea"] = area,
            ["sig"] = Signed(forged, info),
            ["ver"] = version,
            ["x5c"] = new[]
            {
                Certificate(
                    _key,
                    part == "usage" ? null : new X509EnhancedKeyUsageExtension([new Oid("2.23.133.8.3")], critical: false),
                    part == "alternative" ? null : TpmName(),
                    subject: part == "subject" ? "CN=AIK" : string.Empty,
                    authority: part == "authority"),
            },
        };
    }

    private SortedDictionary<string, object> Android(byte[] signed, byte[] client, bool forged, bool otherKey, string? part)
    {
        var key = otherKey ? _key : Own();
        return new SortedDictionary<string, object>
        {
            ["alg"] = -7,
            ["sig"] = forged ? Signed(forged, signed) : key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence),
            ["x5c"] = new[] { Certificate(key, new X509Extension(KeyDescription, part == "garbage" ? [0x30, 0x03, 1] : Description(client, part), critical: false)) },
        };
    }

    private static byte[] Description(byte[] challenge, string? part)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(300);
            writer.WriteEncodedValue([0x0a, 1, 1]);
            writer.WriteInteger(300);
            writer.WriteEncodedValue([0x0a, 1, 1]);
            writer.WriteOctetString(challenge);
            writer.WriteOctetString([]);
            List(part == "software only", allApplications: part == "all applications");
            List(part != "software only", allApplications: false);
        }

        return writer.Encode();

        void List(bool says, bool allApplications)
        {
            using (writer.PushSequence())
            {
                if (says && part != "no purpose")
                {
                    using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1)))
                    using (writer.PushSetOf())
                    {
                        writer.WriteInteger(part == "decrypts" ? 1 : 2);
                        writer.WriteInteger(3);
                    }
                }

                if (allApplications)
                {
                    using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 600)))
                    {
                        writer.WriteNull();
                    }
                }

                if (says)
                {
                    using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 702)))
                    {
                        writer.WriteInteger(part == "imported" ? 2 : 0);
                    }
                }
            }
        }
    }

    private static X509Extension AppleNonce(byte[] nonce) => new("1.2.840.113635.100.8.2", [0x30, 0x24, 0xa1, 0x22, 0x04, 0x20, .. nonce], critical: false);

    private static X509Extension TpmName()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 4)))
        using (writer.PushSequence())
        using (writer.PushSetOf())
        {
            foreach (var (type, value) in new[] { ("2.23.133.2.1", "id:4E544300"), ("2.23.133.2.2", "NPCT75x"), ("2.23.133.2.3", "id:0007") })
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(type);
                    writer.WriteCharacterString(UniversalTagNumber.UTF8String, value);
                }
            }
        }

        return new X509Extension("2.5.29.17", writer.Encode(), critical: true);
    }

    private byte[] Signed(bool forged, byte[] data)
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return (forged ? other : _key).SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    private byte[] Certificate(ECDsa key, X509Extension? first = null, X509Extension? second = null, string subject = "CN=Attestation", bool authority = false)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority, false, 0, critical: true));
        foreach (var extension in new[] { first, second }.OfType<X509Extension>())
        {
            request.CertificateExtensions.Add(extension);
        }

        using var certificate = request.Create(_root, s_now.AddDays(-30), s_now.AddYears(1), [1, 2, 3, 4]);
        return certificate.RawData;
    }

    private ECDsa Own() => _authenticator.Elliptic;

    private static byte[] Number(ushort value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Sized(byte[] bytes) => [.. Number((ushort)bytes.Length), .. bytes];
}
