using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Authdog.Gateway.Edge.Tls;

/// <summary>The names of a certificate's extension 2.5.29.17 (RFC 5280, section 4.2.1.6). Other kinds of names are passed over.</summary>
internal sealed record SubjectAlternativeNames(IReadOnlyList<string> DnsNames, IReadOnlyList<string> EmailAddresses, IReadOnlyList<string> Uris)
{
    private const string ObjectIdentifier = "2.5.29.17";
    private const int MaxNames = 64, MaxLength = 1024;

    /// <summary>Reads them; none when the extension is absent, malformed or out of bounds (64 names of 1,024 visible ASCII characters).</summary>
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
            return None;
        }

        // Half-read names would be an invitation to hide one behind a mistake.
        return dns.Count + emails.Count + uris.Count <= MaxNames && dns.Concat(emails).Concat(uris).All(IsSound) ? new SubjectAlternativeNames(dns, emails, uris) : None;
    }

    private static SubjectAlternativeNames None => new([], [], []);

    // A NUL or a line break would end the name for somebody who reads it later.
    private static bool IsSound(string name) => name.Length is > 0 and <= MaxLength && !name.AsSpan().ContainsAnyExceptInRange('!', '~');

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
            var name = names.ReadCharacterString(UniversalTagNumber.IA5String, tag);
            list.Add(ReferenceEquals(list, dns) ? name.TrimEnd('.').ToLowerInvariant() : name);
        }
    }
}
