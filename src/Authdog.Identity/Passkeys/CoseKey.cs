using System.Formats.Cbor;
using System.Security.Cryptography;

namespace Authdog.Identity.Passkeys;

/// <summary>A credential public key (RFC 9052, section 7) whose type, curve and algorithm belong together.</summary>
internal sealed class CoseKey : IDisposable
{
    private const int KeyTypeLabel = 1;
    private const int AlgorithmLabel = 3;
    private const int CurveOrModulusLabel = -1;
    private const int XOrExponentLabel = -2;
    private const int YLabel = -3;
    private const int EllipticCurve = 2;
    private const int Rsa = 3;

    // A key of a client's choice is used at every sign-in: a longer one would make that slow.
    private const int LeastModulus = 2048 / 8;
    private const int MostModulus = 4096 / 8;
    private const int MostExponent = 4;

    private readonly ECDsa? _ecdsa;
    private readonly RSA? _rsa;

    private CoseKey(CoseAlgorithm algorithm, ECDsa? ecdsa, RSA? rsa) => (Algorithm, _ecdsa, _rsa) = (algorithm, ecdsa, rsa);

    public CoseAlgorithm Algorithm { get; }

    /// <summary>Reads the key at the beginning of these bytes; null when it is none of those accepted.</summary>
    public static CoseKey? Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            Dictionary<long, long> numbers = [];
            Dictionary<long, byte[]> strings = [];
            var reader = new CborReader(bytes, CborConformanceMode.Strict, allowMultipleRootLevelValues: true);
            reader.ReadStartMap();
            while (reader.PeekState() is not CborReaderState.EndMap)
            {
                var label = reader.ReadInt64();
                switch (reader.PeekState())
                {
                    case CborReaderState.ByteString:
                        strings.Add(label, reader.ReadByteString());
                        break;
                    case CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger:
                        numbers.Add(label, reader.ReadInt64());
                        break;
                    default:
                        return null;
                }
            }

            reader.ReadEndMap();
            return Create(numbers, strings);
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException or CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whether the signature over the data is the key's.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        _ecdsa?.VerifyData(data, signature, Hash(Algorithm), DSASignatureFormat.Rfc3279DerSequence)
        ?? _rsa!.VerifyData(data, signature, Hash(Algorithm), RSASignaturePadding.Pkcs1);

    /// <summary>Whether another key is the same, whatever it was read from.</summary>
    public bool Is(AsymmetricAlgorithm other) =>
        other.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(_ecdsa?.ExportSubjectPublicKeyInfo() ?? _rsa!.ExportSubjectPublicKeyInfo());

    /// <summary>An ES256 key as an uncompressed point (ANSI X9.62); null for others.</summary>
    public byte[]? ToPoint() => Algorithm is CoseAlgorithm.ES256 && _ecdsa!.ExportParameters(includePrivateParameters: false).Q is { X: { Length: 32 } x, Y: { Length: 32 } y } ? [0x04, .. x, .. y] : null;

    public void Dispose()
    {
        _ecdsa?.Dispose();
        _rsa?.Dispose();
    }

    internal static HashAlgorithmName Hash(CoseAlgorithm algorithm) => algorithm switch
    {
        CoseAlgorithm.ES384 => HashAlgorithmName.SHA384,
        CoseAlgorithm.ES512 => HashAlgorithmName.SHA512,
        _ => HashAlgorithmName.SHA256,
    };

    private static CoseKey? Create(Dictionary<long, long> numbers, Dictionary<long, byte[]> strings) =>
        (numbers.GetValueOrDefault(KeyTypeLabel), numbers.GetValueOrDefault(AlgorithmLabel), numbers.GetValueOrDefault(CurveOrModulusLabel)) switch
        {
            (EllipticCurve, (long)CoseAlgorithm.ES256, 1) => Elliptic(CoseAlgorithm.ES256, ECCurve.NamedCurves.nistP256, strings),
            (EllipticCurve, (long)CoseAlgorithm.ES384, 2) => Elliptic(CoseAlgorithm.ES384, ECCurve.NamedCurves.nistP384, strings),
            (EllipticCurve, (long)CoseAlgorithm.ES512, 3) => Elliptic(CoseAlgorithm.ES512, ECCurve.NamedCurves.nistP521, strings),
            (Rsa, (long)CoseAlgorithm.RS256, 0) => RsaKey(strings),
            _ => null,
        };

    private static CoseKey? Elliptic(CoseAlgorithm algorithm, ECCurve curve, Dictionary<long, byte[]> strings) =>
        strings.TryGetValue(XOrExponentLabel, out var x) && strings.TryGetValue(YLabel, out var y)
            ? new CoseKey(algorithm, ECDsa.Create(new ECParameters { Curve = curve, Q = new ECPoint { X = x, Y = y } }), null)
            : null;

    private static CoseKey? RsaKey(Dictionary<long, byte[]> strings) =>
        strings.TryGetValue(CurveOrModulusLabel, out var modulus) && modulus.Length is >= LeastModulus and <= MostModulus
        && strings.TryGetValue(XOrExponentLabel, out var exponent) && exponent.Length is >= 1 and <= MostExponent
            ? new CoseKey(CoseAlgorithm.RS256, null, RSA.Create(new RSAParameters { Modulus = modulus, Exponent = exponent }))
            : null;
}
