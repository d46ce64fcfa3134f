using System.Globalization;
using System.Text;

namespace Authdog.Policies.Language;

/// <summary>The text of a file, once its bytes are known to be harmless.</summary>
internal static class SourceText
{
    /// <summary>Largest policy or test file, in bytes.</summary>
    public const int LargestFile = 256 * 1024;

    /// <summary>Decodes and checks; <see langword="null"/> when a reader should not even begin.</summary>
    public static string? Read(ReadOnlySpan<byte> bytes, int largest, ErrorList errors)
    {
        if (bytes.Length > largest)
        {
            errors.Add(ErrorCodes.TooLarge, default, "The file is too large", $"{bytes.Length} bytes", $"Keep it below {largest} bytes; split it, or move addresses to a networks file");
            return null;
        }

        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        }

        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException invalid)
        {
            var before = bytes[..Math.Clamp(invalid.Index, 0, bytes.Length)];
            var line = before.Count((byte)'\n') + 1;
            var column = before.Length - before.LastIndexOf((byte)'\n');
            errors.Add(ErrorCodes.NotUtf8, new Place(line, column), "The file is not UTF-8", null, "Save it as UTF-8");
            return null;
        }

        return Check(text, errors) ? text : null;
    }

    // A tab as indentation means something else to each reader. NUL ends the text for some; direction marks make
    // a person read another policy than the one that is enforced.
    private static bool Check(string text, ErrorList errors)
    {
        var harmless = true;
        var line = 1;
        var start = 0;
        var tabLine = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n')
            {
                line++;
                start = i + 1;
            }
            else if (c == '\t')
            {
                if (tabLine != line)
                {
                    tabLine = line;
                    harmless = false;
                    errors.Add(ErrorCodes.Tab, new Place(line, i - start + 1), "There is a tab", null, "Indent and separate with spaces");
                }
            }
            else if (IsInvisible(text, i) && !(c == '\r' && i + 1 < text.Length && text[i + 1] == '\n'))
            {
                harmless = false;
                errors.Add(ErrorCodes.InvisibleCharacter, new Place(line, i - start + 1), "There is an invisible character", $"U+{(char.IsHighSurrogate(c) ? char.ConvertToUtf32(text, i) : c):X4}", "Remove it");
            }
        }

        return harmless;
    }

    private static bool IsInvisible(string text, int index) => CharUnicodeInfo.GetUnicodeCategory(text, index)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
