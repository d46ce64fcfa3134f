namespace Authdog.Gateway.Edge;

/// <summary>What one proxy says in <c>Forwarded</c> (RFC 7239, section 4).</summary>
/// <param name="For">Whom it got the request from.</param>
/// <param name="Proto">How.</param>
/// <param name="Host">For which host.</param>
internal sealed record ForwardedElement(string? For, string? Proto, string? Host)
{
    // More hops than any installation has; a bound for what a client may make this parse (B18).
    private const int MaxElements = 32;

    /// <summary>Reads a whole field value; false when it is none.</summary>
    public static bool TryParse(string text, out List<ForwardedElement> elements)
    {
        elements = [];
        var position = 0;
        while (position < text.Length)
        {
            if (elements.Count == MaxElements || !TryReadElement(text, ref position, out var element))
            {
                return false;
            }

            elements.Add(element);
        }

        return elements.Count > 0;
    }

    private static bool TryReadElement(string text, ref int position, out ForwardedElement element)
    {
        element = new ForwardedElement(null, null, null);
        while (true)
        {
            if (!TryReadPair(text, ref position, out var name, out var value))
            {
                return false;
            }

            switch (name.ToLowerInvariant())
            {
                case "for" when element.For is null:
                    element = element with { For = value };
                    break;
                case "proto" when element.Proto is null:
                    element = element with { Proto = value };
                    break;
                case "host" when element.Host is null:
                    element = element with { Host = value };
                    break;
                case "for" or "proto" or "host":
                    return false;
            }

            SkipBlanks(text, ref position);
            if (position == text.Length)
            {
                return true;
            }

            switch (text[position++])
            {
                case ',':
                    return true;
                case ';':
                    continue;
                default:
                    return false;
            }
        }
    }

    private static bool TryReadPair(string text, ref int position, out string name, out string value)
    {
        SkipBlanks(text, ref position);
        value = string.Empty;
        name = ReadToken(text, ref position);
        if (name.Length == 0 || position == text.Length || text[position] != '=')
        {
            return false;
        }

        position++;
        if (position < text.Length && text[position] == '"')
        {
            var end = text.IndexOf('"', position + 1);
            if (end < 0)
            {
                return false;
            }

            value = text[(position + 1)..end];
            position = end + 1;

            // No address, scheme or host needs an escape.
            return !value.Contains('\\', StringComparison.Ordinal);
        }

        value = ReadToken(text, ref position);
        return value.Length > 0;
    }

    private static string ReadToken(string text, ref int position)
    {
        var start = position;
        while (position < text.Length && text[position] is not (',' or ';' or '=' or '"' or ' ' or '\t'))
        {
            position++;
        }

        return text[start..position];
    }

    private static void SkipBlanks(string text, ref int position)
    {
        while (position < text.Length && text[position] is (' ' or '\t'))
        {
            position++;
        }
    }
}
