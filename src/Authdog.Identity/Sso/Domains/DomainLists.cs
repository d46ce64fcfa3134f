using System.Collections.Frozen;

namespace Authdog.Identity.Sso.Domains;

/// <summary>Domains that are nobody's own (<c>shared-domains.txt</c>): suffixes under which anybody registers, and those of mail providers for everybody.</summary>
/// <remarks>Short on purpose: whoever claims a domain has to write into its DNS, which nobody can but its owner. The list keeps a provider's own staff, or a careless registry, from claiming everybody's addresses.</remarks>
internal sealed class DomainLists
{
    private readonly FrozenSet<string> _suffixes;
    private readonly FrozenSet<string> _freeMail;

    private DomainLists(IEnumerable<string> suffixes, IEnumerable<string> freeMail) =>
        (_suffixes, _freeMail) = (suffixes.ToFrozenSet(StringComparer.Ordinal), freeMail.ToFrozenSet(StringComparer.Ordinal));

    public static DomainLists Read()
    {
        var file = typeof(DomainLists).Assembly.GetManifestResourceStream("sso/shared-domains.txt")
            ?? throw new InvalidOperationException("The list of shared domains is not embedded.");
        using var reader = new StreamReader(file);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').ToList();

        // A dot in front marks a suffix, as people write it.
        return new(lines.Where(line => line[0] == '.').Select(line => line[1..]), lines.Where(line => line[0] != '.'));
    }

    /// <summary>Whether anybody registers names under it. A single label (<c>com</c>) always is such.</summary>
    public bool IsPublicSuffix(string domain) => !domain.Contains('.', StringComparison.Ordinal) || _suffixes.Contains(domain);

    /// <summary>Whether it is, or lies under, the domain of a mail provider for everybody.</summary>
    public bool IsFreeMail(string domain)
    {
        for (var rest = domain; rest.Contains('.', StringComparison.Ordinal); rest = rest[(rest.IndexOf('.', StringComparison.Ordinal) + 1)..])
        {
            if (_freeMail.Contains(rest))
            {
                return true;
            }
        }

        return false;
    }
}
