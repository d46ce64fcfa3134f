using System.Text;

namespace Authdog.Identity.Identifiers;

/// <summary>A long list of texts in memory, searched by halving: one text and its line starts. A set of strings would take six times as much.</summary>
internal sealed class SortedLines
{
    private readonly byte[] _text;
    private readonly int[] _starts;

    private SortedLines(byte[] text, int[] starts) => (_text, _starts) = (text, starts);

    /// <summary>How many there are.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>Reads lines in byte order, each ended by LF.</summary>
    public static SortedLines Read(Stream stream)
    {
        using var memory = new MemoryStream();
        using (stream)
        {
            stream.CopyTo(memory);
        }

        var text = memory.ToArray();
        List<int> starts = [0];
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
            {
                starts.Add(i + 1);
            }
        }

        return new SortedLines(text, [.. starts]);
    }

    /// <summary>Whether a line is exactly this.</summary>
    public bool Contains(string wanted)
    {
        ReadOnlySpan<byte> key = Encoding.UTF8.GetBytes(wanted);
        var (low, high) = (0, _starts.Length - 2);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = _text.AsSpan(_starts[middle]..(_starts[middle + 1] - 1)).SequenceCompareTo(key);
            if (order == 0)
            {
                return true;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return false;
    }
}
