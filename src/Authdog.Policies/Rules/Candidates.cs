using System.Runtime.CompilerServices;

namespace Authdog.Policies.Rules;

/// <summary>Several ascending lists of places, read as one ascending list without repetition. Lives on the stack.</summary>
internal struct Candidates(Rule[] rules)
{
    // Those for every request, eight of the path, one each of route, host and method, and eight of roles.
    private const int MostLists = 20;

    private Lists lists;
    private Positions positions;
    private int count;
    private int last = -1;

    public readonly Rule Current => rules[last];

    public readonly Candidates GetEnumerator() => this;

    public void Add(int[] places)
    {
        if (places.Length > 0)
        {
            lists[count++] = places;
        }
    }

    public bool MoveNext()
    {
        if (count == 1)
        {
            var only = lists[0];
            if (positions[0] == only.Length)
            {
                return false;
            }

            last = only[positions[0]++];
            return true;
        }

        var next = int.MaxValue;
        for (var i = 0; i < count; i++)
        {
            var places = lists[i];
            while (positions[i] < places.Length && places[positions[i]] <= last)
            {
                positions[i]++;
            }

            if (positions[i] < places.Length && places[positions[i]] < next)
            {
                next = places[positions[i]];
            }
        }

        if (next == int.MaxValue)
        {
            return false;
        }

        last = next;
        return true;
    }

    [InlineArray(MostLists)]
    private struct Lists
    {
        private int[] first;
    }

    [InlineArray(MostLists)]
    private struct Positions
    {
        private int first;
    }
}
