namespace Authdog.Identity.Passkeys;

/// <summary>A <c>TPMS_ATTEST</c> of type <c>TPM_ST_ATTEST_CERTIFY</c> (TPM 2.0 Library, part 2, section 10.12.8). Reading verifies nothing.</summary>
/// <param name="ExtraData">What the caller had the TPM sign with it.</param>
/// <param name="Name">Name of the key that is certified.</param>
internal sealed record TpmCertification(byte[] ExtraData, byte[] Name)
{
    private const uint Generated = 0xFF544347;
    private const ushort Certify = 0x8017;
    private const int ClockAndFirmware = 8 + 4 + 4 + 1 + 8;

    /// <summary>Reads one; null when it is none.</summary>
    public static TpmCertification? Parse(byte[] bytes)
    {
        TpmReader reader = new(bytes);
        if (reader.ReadUInt32() != Generated || reader.ReadUInt16() != Certify)
        {
            return null;
        }

        _ = reader.ReadSized(); // qualifiedSigner
        var extra = reader.ReadSized().ToArray();
        reader.Skip(ClockAndFirmware);
        var name = reader.ReadSized().ToArray();
        _ = reader.ReadSized(); // qualifiedName
        return reader.IsAtEnd ? new TpmCertification(extra, name) : null;
    }
}
