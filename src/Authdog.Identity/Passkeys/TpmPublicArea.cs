using System.Security.Cryptography;

namespace Authdog.Identity.Passkeys;

/// <summary>A <c>TPMT_PUBLIC</c> (TPM 2.0 Library, part 2, section 12.2.4) of a signing key. Reading verifies nothing.</summary>
internal sealed class TpmPublicArea
{
    private const ushort Rsa = 0x0001;
    private const ushort Ecc = 0x0023;
    private const ushort Null = 0x0010;
    private const ushort Sha256 = 0x000B;
    private const ushort Sha384 = 0x000C;
    private const ushort Sha512 = 0x000D;
    private const ushort Ecdaa = 0x001A;
    private const int LeastModulus = 2048 / 8;
    private const int MostModulus = 4096 / 8;

    private readonly ECParameters? _elliptic;
    private readonly RSAParameters? _rsa;

    private TpmPublicArea(byte[] name, ECParameters? elliptic, RSAParameters? rsa) => (Name, _elliptic, _rsa) = (name, elliptic, rsa);

    /// <summary>The key's name: the algorithm of its hash, and the hash of the whole area (part 1, section 16).</summary>
    public byte[] Name { get; }

    /// <summary>Reads one; null when it is none, or of a key that is not accepted anyway.</summary>
    public static TpmPublicArea? Parse(byte[] bytes)
    {
        TpmReader reader = new(bytes);
        var type = reader.ReadUInt16();
        var hash = reader.ReadUInt16();
        reader.Skip(sizeof(uint)); // objectAttributes
        _ = reader.ReadSized(); // authPolicy
        if (reader.ReadUInt16() != Null)
        {
            reader.Skip(2 * sizeof(ushort)); // symmetric: keyBits, mode
        }

        SkipScheme(ref reader);
        if (NameOf(hash, bytes) is not { } name)
        {
            return null;
        }

        return type switch
        {
            Rsa => ReadRsa(ref reader, name),
            Ecc => ReadElliptic(ref reader, name),
            _ => null,
        };
    }

    /// <summary>Whether it is of a credential's key.</summary>
    /// <exception cref="CryptographicException">It is of no key at all.</exception>
    public bool IsOf(CoseKey key)
    {
        using AsymmetricAlgorithm own = _elliptic is { } elliptic ? ECDsa.Create(elliptic) : RSA.Create(_rsa!.Value);
        return key.Is(own);
    }

    private static TpmPublicArea? ReadRsa(ref TpmReader reader, byte[] name)
    {
        reader.Skip(sizeof(ushort)); // keyBits
        var exponent = reader.ReadUInt32();
        var modulus = reader.ReadSized().ToArray();

        // An exponent of 0 stands for 65537.
        byte[] bytes = exponent == 0 ? [1, 0, 1] : [.. new[] { (byte)(exponent >> 24), (byte)(exponent >> 16), (byte)(exponent >> 8), (byte)exponent }.SkipWhile(static part => part == 0)];
        return reader.IsAtEnd && modulus.Length is >= LeastModulus and <= MostModulus ? new TpmPublicArea(name, null, new RSAParameters { Modulus = modulus, Exponent = bytes }) : null;
    }

    private static TpmPublicArea? ReadElliptic(ref TpmReader reader, byte[] name)
    {
        var curve = reader.ReadUInt16();
        SkipScheme(ref reader); // kdf
        var x = reader.ReadSized().ToArray();
        var y = reader.ReadSized().ToArray();
        (ECCurve Curve, int Size)? known = curve switch
        {
            0x0003 => (ECCurve.NamedCurves.nistP256, 32),
            0x0004 => (ECCurve.NamedCurves.nistP384, 48),
            0x0005 => (ECCurve.NamedCurves.nistP521, 66),
            _ => null,
        };
        return reader.IsAtEnd && known is var (named, size) && Pad(x, size) is { } left && Pad(y, size) is { } right
            ? new TpmPublicArea(name, new ECParameters { Curve = named, Q = new ECPoint { X = left, Y = right } }, null)
            : null;
    }

    // TPMT_RSA_SCHEME, TPMT_ECC_SCHEME, TPMT_KDF_SCHEME: all that is not null names a hash; ECDAA a count too.
    private static void SkipScheme(ref TpmReader reader)
    {
        var scheme = reader.ReadUInt16();
        reader.Skip(scheme switch
        {
            Null => 0,
            Ecdaa => 2 * sizeof(ushort),
            _ => sizeof(ushort),
        });
    }

    // A TPM may leave zeros at the front out.
    private static byte[]? Pad(byte[] number, int size) => number.Length > size ? null : [.. new byte[size - number.Length], .. number];

    private static byte[]? NameOf(ushort hash, byte[] area)
    {
        HashAlgorithmName? algorithm = hash switch
        {
            Sha256 => HashAlgorithmName.SHA256,
            Sha384 => HashAlgorithmName.SHA384,
            Sha512 => HashAlgorithmName.SHA512,
            _ => null,
        };
        return algorithm is { } known ? [(byte)(hash >> 8), (byte)hash, .. CryptographicOperations.HashData(known, area)] : null;
    }
}
