using System.Formats.Asn1;

namespace Authdog.Identity.Passkeys;

/// <summary>What an Android key attestation certificate says of its key (extension <c>1.3.6.1.4.1.11129.2.1.17</c>), as far as WebAuthn asks for it.</summary>
/// <param name="Challenge"><c>attestationChallenge</c>.</param>
/// <param name="HasAllApplications">Whether either list lets every app use the key.</param>
/// <param name="Origin">Where the key was made, of the list that the hardware enforces; null when it does not say.</param>
/// <param name="Purposes">What it may be used for, of that list.</param>
internal sealed record AndroidKeyDescription(byte[] Challenge, bool HasAllApplications, int? Origin, IReadOnlyList<int> Purposes)
{
    public const string Extension = "1.3.6.1.4.1.11129.2.1.17";

    /// <summary><c>KM_ORIGIN_GENERATED</c>.</summary>
    public const int OriginGenerated = 0;

    /// <summary><c>KM_PURPOSE_SIGN</c>.</summary>
    public const int PurposeSign = 2;

    private const int PurposeTag = 1;
    private const int AllApplicationsTag = 600;
    private const int OriginTag = 702;

    /// <summary>To sign, and to verify what it signed (<c>KM_PURPOSE_VERIFY</c>), which its public key does anyway.</summary>
    public static IReadOnlyList<int> Signing { get; } = [PurposeSign, 3];

    /// <summary>Reads the extension's value; null when it is none.</summary>
    public static AndroidKeyDescription? Parse(byte[] value)
    {
        try
        {
            var reader = new AsnReader(value, AsnEncodingRules.DER);
            var description = reader.ReadSequence();
            reader.ThrowIfNotEmpty();
            description.ReadIntegerBytes(); // attestationVersion
            description.ReadEnumeratedBytes(); // attestationSecurityLevel
            description.ReadIntegerBytes(); // keymasterVersion
            description.ReadEnumeratedBytes(); // keymasterSecurityLevel
            var challenge = description.ReadOctetString();
            description.ReadOctetString(); // uniqueId
            var software = AuthorizationList.Read(description.ReadSequence());
            var hardware = AuthorizationList.Read(description.ReadSequence());

            // Later versions may say more after that.
            return new AndroidKeyDescription(challenge, software.AllApplications || hardware.AllApplications, hardware.Origin, hardware.Purposes);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private sealed record AuthorizationList(bool AllApplications, int? Origin, IReadOnlyList<int> Purposes)
    {
        public static AuthorizationList Read(AsnReader list)
        {
            var all = false;
            int? origin = null;
            List<int> purposes = [];
            while (list.HasData)
            {
                var tag = list.PeekTag();
                if (tag is not { TagClass: TagClass.ContextSpecific, IsConstructed: true })
                {
                    throw new AsnContentException("An authorization list has something else than authorizations.");
                }

                var inner = list.ReadSequence(tag);
                switch (tag.TagValue)
                {
                    case PurposeTag:
                        for (var set = inner.ReadSetOf(); set.HasData;)
                        {
                            purposes.Add(Number(set));
                        }

                        break;
                    case AllApplicationsTag:
                        all = true;
                        break;
                    case OriginTag:
                        origin = Number(inner);
                        break;
                    default:
                        break;
                }
            }

            return new AuthorizationList(all, origin, purposes);
        }

        private static int Number(AsnReader reader) => reader.TryReadInt32(out var number) ? number : throw new AsnContentException("A number is too large.");
    }
}
