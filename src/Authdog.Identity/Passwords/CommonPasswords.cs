using System.Text;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Passwords;

/// <summary>The built-in list of common passwords and the operator's own, read on first use. One text and its line starts: a set of strings would take six times the memory.</summary>
internal sealed class CommonPasswords(IOptions<PasswordOptions> options)
{
    private const string Resource = "Authdog.Identity.Passwords.Blocklist.common-passwords.txt";
    private readonly Lazy<Lines> _builtIn = new(() => Lines.Read(typeof(CommonPasswords).Assembly.GetManifestResourceStream(Resource)!));
    private readonly Lazy<HashSet<string>> _own = new(() => ReadOwn(options.Value.BlocklistFile));

    /// <summary>Whether the text (NFC, lower case) is on a list.</summary>
    public bool Contains(string text) => _builtIn.Value.Contains(text) || _own.Value.Contains(text);

    private static HashSet<string> ReadOwn(string? file) => file is null
        ? []
        : [.. File.ReadLines(file).Select(line => line.Trim().Normalize(NormalizationForm.FormC).ToLowerInvariant()).Where(line => line.Length > 0)];

    /// <summary>Lines in ordinal order.</summary>
    private sealed class Lines(byte[] text, int[] starts)
    {
        public static Lines Read(Stream stream)
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

            return new Lines(text, [.. starts]);
        }

        public bool Contains(string wanted)
        {
            ReadOnlySpan<byte> key = Encoding.UTF8.GetBytes(wanted);
            var (low, high) = (0, starts.Length - 2);
            while (low <= high)
            {
                var middle = (low + high) / 2;
                var order = text.AsSpan(starts[middle]..(starts[middle + 1] - 1)).SequenceCompareTo(key);
                if (order == 0)
                {
                    return true;
                }

                (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
            }

            return false;
        }
    }
}
