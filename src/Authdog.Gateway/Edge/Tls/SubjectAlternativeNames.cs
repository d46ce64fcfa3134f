using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Authdog.Gateway.Edge.Tls;

/// <summary>The names of a certificate's extension 2.5.29.17 (RFC 5280, section 4.2.1.6). Other kinds of names are passed over.</summary>
internal sealed record SubjectAlternativeNames(IReadOnlyList<string> DnsNames, IReadOnlyList<string> EmailAddresses, IReadOnlyList<string> Uris)
{
    private const string ObjectIdentifier = "2.5.29.17";

    /// <summary>Reads them; none when the extension is absent or malformed.</summary>
    public static SubjectAlternativeNames Read(X509Certificate2 certificate)
    {
        List<string> dns = [], emails = [], uris = [];
        try
        {
            if (certificate.Extensions[ObjectIdentifier] is { } extension)
            {
                var names = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
                while (names.HasData)
                {
                    Read(names, dns, emails, uris);
                }
            }
        }
        catch (AsnContentException)
        {
            // Half-read names would be an invitation to hide one behind a mistake.
            return new SubjectAlternativeNames([], [], []);
        }

        return new SubjectAlternativeNames(dns, emails, uris);
    }

    private static void Read(AsnReader names, List<string> dns, List<string> emails, List<string> uris)
    {
        var tag = names.PeekTag();
        var list = tag.TagClass != TagClass.ContextSpecific ? null : tag.TagValue switch { 1 => emails, 2 => dns, 6 => uris, _ => null };
        if (list is null)
        {
            names.ReadEncodedValue();
        }
        else
        {
            list.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, tag));
        }
    }
}
