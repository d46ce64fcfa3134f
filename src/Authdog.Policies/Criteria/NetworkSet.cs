using System.Net;

namespace Authdog.Policies.Criteria;

/// <summary>Many networks, found by binary search.</summary>
internal sealed class NetworkSet
{
    private readonly UInt128[] firstsV4;
    private readonly UInt128[] lastsV4;
    private readonly UInt128[] firstsV6;
    private readonly UInt128[] lastsV6;

    public NetworkSet(IReadOnlyCollection<NetworkRange> ranges)
    {
        (firstsV4, lastsV4) = Merge(ranges.Where(range => range.IsIPv4));
        (firstsV6, lastsV6) = Merge(ranges.Where(range => !range.IsIPv4));
    }

    /// <summary>An address that is in one of the networks; <see langword="null"/> when there is none.</summary>
    public IPAddress? Example => firstsV4.Length > 0 ? NetworkRange.Address(isIPv4: true, firstsV4[0])
        : firstsV6.Length > 0 ? NetworkRange.Address(isIPv4: false, firstsV6[0])
        : null;

    public bool Contains(IPAddress address)
    {
        NetworkRange.Number(address, out var isIPv4, out var number);
        var firsts = isIPv4 ? firstsV4 : firstsV6;
        var index = Array.BinarySearch(firsts, number);
        index = index < 0 ? ~index - 1 : index;
        return index >= 0 && number <= (isIPv4 ? lastsV4 : lastsV6)[index];
    }

    /// <summary>Whether an address can be in both. A set without networks may be a list that is not filled yet: it meets every other.</summary>
    public bool Meets(NetworkSet other) => Example is null || other.Example is null
        || Meet(firstsV4, lastsV4, other.firstsV4, other.lastsV4)
        || Meet(firstsV6, lastsV6, other.firstsV6, other.lastsV6);

    private static bool Meet(UInt128[] firsts, UInt128[] lasts, UInt128[] otherFirsts, UInt128[] otherLasts)
    {
        for (int i = 0, j = 0; i < firsts.Length && j < otherFirsts.Length;)
        {
            if (lasts[i] < otherFirsts[j])
            {
                i++;
            }
            else if (otherLasts[j] < firsts[i])
            {
                j++;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    // Sorted and without overlap, so that the range that begins last before an address is the only candidate.
    private static (UInt128[] Firsts, UInt128[] Lasts) Merge(IEnumerable<NetworkRange> ranges)
    {
        List<UInt128> firsts = [];
        List<UInt128> lasts = [];
        foreach (var range in ranges.OrderBy(range => range.First))
        {
            if (lasts.Count > 0 && range.First <= lasts[^1])
            {
                lasts[^1] = UInt128.Max(lasts[^1], range.Last);
                continue;
            }

            firsts.Add(range.First);
            lasts.Add(range.Last);
        }

        return ([.. firsts], [.. lasts]);
    }
}
