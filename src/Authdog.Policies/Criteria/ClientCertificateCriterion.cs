using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>client-certificate</c>: the client presented a certificate, with these properties. Lists that are empty ask nothing.</summary>
internal sealed class ClientCertificateCriterion(string[] thumbprints, string[] subjects, string[] issuers, string[] names) : Criterion
{
    public override string Keyword => "client-certificate";

    public override string Wanted
    {
        get
        {
            string[] parts =
            [
                .. Part("thumbprint", thumbprints), .. Part("subject", subjects), .. Part("issuer", issuers), .. Part("name", names),
            ];
            return parts.Length == 0 ? "present" : string.Join("; ", parts);
        }
    }

    public override SeenKind Shows => SeenKind.Personal;

    public override Cost Cost => Cost.Lookup;

    public override string Seen(in AccessRequest request) => request.Facts is not { } facts ? "unknown"
        : facts.ClientCertificate is { } certificate ? $"{certificate.Subject}, issued by {certificate.Issuer}, {certificate.Thumbprint}"
        : "none";

    public override Verdict Judge(in AccessRequest request, AbsentPerson absent) => request.Facts is not { } facts ? Verdict.Unknown
        : facts.ClientCertificate is { } certificate && Holds(certificate) ? Verdict.Hit
        : Verdict.Miss;

    private static IEnumerable<string> Part(string what, string[] wanted) => wanted.Length == 0 ? [] : [$"{what} {Wording.AnyOf(wanted)}"];

    private bool Holds(ClientCertificate certificate) =>
        (thumbprints.Length == 0 || thumbprints.AsSpan().Contains(certificate.Thumbprint))
        && (subjects.Length == 0 || subjects.AsSpan().Contains(certificate.Subject))
        && (issuers.Length == 0 || issuers.AsSpan().Contains(certificate.Issuer))
        && (names.Length == 0 || HasName(certificate));

    private bool HasName(ClientCertificate certificate)
    {
        foreach (var name in certificate.AlternativeNames)
        {
            foreach (var wanted in names)
            {
                if (name.Equals(wanted, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
