using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Authdog.Identity.Passkeys;

namespace Authdog.Identity.Tests.Passkeys;

/// <summary>An authenticator and the browser in front of it, in software. As it comes it keeps to the standard; every property breaks exactly one thing.</summary>
internal sealed class SoftwareAuthenticator : IDisposable
{
    private readonly ECDsa? _ecdsa;
    private readonly RSA? _rsa;
    private string? _userHandle;

    public SoftwareAuthenticator(CoseAlgorithm algorithm = CoseAlgorithm.ES256)
    {
        Algorithm = algorithm;
        Curve = algorithm switch { CoseAlgorithm.ES384 => ECCurve.NamedCurves.nistP384, CoseAlgorithm.ES512 => ECCurve.NamedCurves.nistP521, _ => ECCurve.NamedCurves.nistP256 };
        _rsa = algorithm is CoseAlgorithm.RS256 ? RSA.Create(2048) : null;
        _ecdsa = algorithm is CoseAlgorithm.RS256 ? null : ECDsa.Create(Curve);
    }

    public CoseAlgorithm Algorithm { get; }

    public ECCurve Curve { get; }

    public byte[] CredentialId { get; set; } = RandomNumberGenerator.GetBytes(32);

    public Guid Aaguid { get; set; } = Guid.NewGuid();

    public string Origin { get; set; } = "https://gateway.test";

    public string RelyingPartyId { get; set; } = "gateway.test";

    public AuthenticatorFlags Flags { get; set; } = AuthenticatorFlags.UserPresent | AuthenticatorFlags.UserVerified;

    /// <summary>The next answer's counter; null counts on.</summary>
    public uint? SignCount { get; set; }

    public uint Counted { get; private set; }

    public string? Type { get; set; }

    public string? Challenge { get; set; }

    public bool CrossOrigin { get; set; }

    public string? TopOrigin { get; set; }

    /// <summary>Changes the user handle that is told.</summary>
    public Func<string?, string?> UserHandle { get; set; } = static handle => handle;

    /// <summary>Changes the signature.</summary>
    public Func<byte[], byte[]> Signature { get; set; } = static signature => signature;

    /// <summary>Changes the COSE key that is registered.</summary>
    public Func<byte[], byte[]> PublicKey { get; set; } = static key => key;

    /// <summary>Changes authenticator data before it is signed.</summary>
    public Func<byte[], byte[]> Data { get; set; } = static data => data;

    /// <summary>Makes the attestation statement from authenticator data and client data hash; none as it comes.</summary>
    public Func<byte[], byte[], (string Format, Action<CborWriter> Statement)>? Attestation { get; set; }

    public string[] Transports { get; set; } = ["internal", "hybrid"];

    /// <summary>Answers <c>navigator.credentials.create</c>.</summary>
    public string Create(string options)
    {
        var asked = JsonNode.Parse(options)!;
        _userHandle = (string)asked["user"]!["id"]!;
        var client = ClientData("webauthn.create", (string)asked["challenge"]!);
        var data = Data([.. Header(Flags | AuthenticatorFlags.AttestedCredential), .. Aaguid.ToByteArray(bigEndian: true), .. Length(CredentialId.Length), .. CredentialId, .. PublicKey(Key())]);
        var (format, statement) = Attestation?.Invoke(data, SHA256.HashData(client)) ?? ("none", static writer =>
        {
            writer.WriteStartMap(0);
            writer.WriteEndMap();
        });
        var attestation = new CborWriter();
        attestation.WriteStartMap(3);
        attestation.WriteTextString("fmt");
        attestation.WriteTextString(format);
        attestation.WriteTextString("attStmt");
        statement(attestation);
        attestation.WriteTextString("authData");
        attestation.WriteByteString(data);
        attestation.WriteEndMap();
        return Credential(new JsonObject
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(client),
            ["attestationObject"] = Base64Url.EncodeToString(attestation.Encode()),
            ["transports"] = new JsonArray([.. Transports.Select(transport => (JsonNode)transport)]),
        });
    }

    /// <summary>Answers <c>navigator.credentials.get</c>.</summary>
    public string Get(string options)
    {
        var asked = JsonNode.Parse(options)!;
        var client = ClientData("webauthn.get", (string)asked["challenge"]!);
        var data = Data(Header(Flags));
        var response = new JsonObject
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(client),
            ["authenticatorData"] = Base64Url.EncodeToString(data),
            ["signature"] = Base64Url.EncodeToString(Signature(Sign([.. data, .. SHA256.HashData(client)]))),
        };
        if (UserHandle(_userHandle) is { } handle)
        {
            response["userHandle"] = handle;
        }

        return Credential(response);
    }

    /// <summary>The private key, for an authenticator of a browser to go on with.</summary>
    public byte[] PrivateKey() => _ecdsa!.ExportPkcs8PrivateKey();

    /// <summary>The credential's key, where it is an elliptic one.</summary>
    public ECDsa Elliptic => _ecdsa!;

    /// <summary>The user handle that was registered.</summary>
    public byte[] RegisteredHandle => Base64Url.DecodeFromChars(_userHandle);

    /// <summary>Signs as the credential.</summary>
    public byte[] Sign(byte[] data) =>
        _ecdsa?.SignData(data, Hash, DSASignatureFormat.Rfc3279DerSequence) ?? _rsa!.SignData(data, Hash, RSASignaturePadding.Pkcs1);

    /// <summary>The COSE key.</summary>
    public byte[] Key()
    {
        var writer = new CborWriter();
        if (_rsa is not null)
        {
            var key = _rsa.ExportParameters(includePrivateParameters: false);
            writer.WriteStartMap(4);
            Pair(writer, 1, 3);
            Pair(writer, 3, (int)Algorithm);
            Pair(writer, -1, key.Modulus!);
            Pair(writer, -2, key.Exponent!);
        }
        else
        {
            var point = _ecdsa!.ExportParameters(includePrivateParameters: false).Q;
            writer.WriteStartMap(5);
            Pair(writer, 1, 2);
            Pair(writer, 3, (int)Algorithm);
            Pair(writer, -1, Algorithm switch { CoseAlgorithm.ES384 => 2, CoseAlgorithm.ES512 => 3, _ => 1 });
            Pair(writer, -2, point.X!);
            Pair(writer, -3, point.Y!);
        }

        writer.WriteEndMap();
        return writer.Encode();
    }

    public void Dispose()
    {
        _ecdsa?.Dispose();
        _rsa?.Dispose();
    }

    private HashAlgorithmName Hash => Algorithm switch
    {
        CoseAlgorithm.ES384 => HashAlgorithmName.SHA384,
        CoseAlgorithm.ES512 => HashAlgorithmName.SHA512,
        _ => HashAlgorithmName.SHA256,
    };

    private string Credential(JsonObject response)
    {
        var id = Base64Url.EncodeToString(CredentialId);
        return new JsonObject
        {
            ["id"] = id,
            ["rawId"] = id,
            ["type"] = "public-key",
            ["clientExtensionResults"] = new JsonObject(),
            ["authenticatorAttachment"] = "platform",
            ["response"] = response,
        }.ToJsonString();
    }

    private byte[] ClientData(string type, string challenge)
    {
        var client = new JsonObject { ["type"] = Type ?? type, ["challenge"] = Challenge ?? challenge, ["origin"] = Origin, ["crossOrigin"] = CrossOrigin };
        if (TopOrigin is not null)
        {
            client["topOrigin"] = TopOrigin;
        }

        return JsonSerializer.SerializeToUtf8Bytes(client);
    }

    private byte[] Header(AuthenticatorFlags flags)
    {
        var header = new byte[37];
        SHA256.HashData(Encoding.UTF8.GetBytes(RelyingPartyId)).CopyTo(header, 0);
        header[32] = (byte)flags;
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(33), Counted = SignCount ?? Counted + 1);
        return header;
    }

    private static byte[] Length(int length)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)length);
        return bytes;
    }

    private static void Pair(CborWriter writer, int label, int value)
    {
        writer.WriteInt32(label);
        writer.WriteInt32(value);
    }

    private static void Pair(CborWriter writer, int label, byte[] value)
    {
        writer.WriteInt32(label);
        writer.WriteByteString(value);
    }
}
