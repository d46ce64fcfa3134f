using System.Text;

namespace Authdog.Protocols.Saml.Xml;

/// <summary>Exclusive XML Canonicalization 1.0 without comments, of one element and what is below it.</summary>
/// <remarks>
/// https://www.w3.org/TR/xml-exc-c14n/. The input is a tree without document type, processing instructions, comments and
/// entity references, so what remains of the standard is: which namespace declarations are written, in which order, and
/// how characters are escaped.
/// </remarks>
internal static class ExclusiveCanonicalization
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Canonical bytes of an element.</summary>
    /// <param name="element">The apex.</param>
    /// <param name="inclusivePrefixes">Prefixes of <c>InclusiveNamespaces</c>, which are written as inclusive canonicalization does; the default namespace is the empty one.</param>
    /// <param name="without">An element that is left out with all below it: the enveloped signature.</param>
    public static byte[] Write(Element element, IReadOnlyCollection<string> inclusivePrefixes, Element? without = null)
    {
        var output = new StringBuilder();
        WriteElement(element, NamespaceScope.Empty, inclusivePrefixes, without, output);
        return s_utf8.GetBytes(output.ToString());
    }

    private static void WriteElement(Element element, NamespaceScope written, IReadOnlyCollection<string> inclusive, Element? without, StringBuilder output)
    {
        output.Append('<');
        AppendName(output, element.Prefix, element.LocalName);
        written = WriteNamespaces(element, written, inclusive, output);
        foreach (var attribute in element.Attributes
            .OrderBy(attribute => attribute.Namespace, StringComparer.Ordinal)
            .ThenBy(attribute => attribute.LocalName, StringComparer.Ordinal))
        {
            output.Append(' ');
            AppendName(output, attribute.Prefix, attribute.LocalName);
            AppendValue(output, attribute.Value);
        }

        output.Append('>');
        foreach (var child in element.Children)
        {
            if (child is Text text)
            {
                AppendText(output, text.Value);
            }
            else if (!ReferenceEquals(child, without))
            {
                WriteElement((Element)child, written, inclusive, without, output);
            }
        }

        output.Append("</");
        AppendName(output, element.Prefix, element.LocalName);
        output.Append('>');
    }

    // A namespace is written where a name of the element itself uses it, or the list names it and it is in scope,
    // and the nearest written ancestor did not already write the same.
    private static NamespaceScope WriteNamespaces(Element element, NamespaceScope written, IReadOnlyCollection<string> inclusive, StringBuilder output)
    {
        var prefixes = new SortedSet<string>(StringComparer.Ordinal) { element.Prefix };
        prefixes.UnionWith(element.Attributes.Where(attribute => attribute.Prefix.Length > 0).Select(attribute => attribute.Prefix));
        prefixes.UnionWith(inclusive.Where(prefix => element.Scope.Find(prefix) is not null));
        prefixes.Remove("xml");
        var before = written;
        foreach (var prefix in prefixes)
        {
            var uri = element.Scope.Find(prefix) ?? string.Empty;
            if (before.Find(prefix) != uri)
            {
                output.Append(prefix.Length == 0 ? " xmlns" : " xmlns:").Append(prefix);
                AppendValue(output, uri);
                written = written.With(prefix, uri);
            }
        }

        return written;
    }

    private static void AppendName(StringBuilder output, string prefix, string name)
    {
        if (prefix.Length > 0)
        {
            output.Append(prefix).Append(':');
        }

        output.Append(name);
    }

    private static void AppendText(StringBuilder output, string value)
    {
        foreach (var character in value)
        {
            _ = character switch
            {
                '&' => output.Append("&amp;"),
                '<' => output.Append("&lt;"),
                '>' => output.Append("&gt;"),
                '\r' => output.Append("&#xD;"),
                _ => output.Append(character),
            };
        }
    }

    private static void AppendValue(StringBuilder output, string value)
    {
        output.Append("=\"");
        foreach (var character in value)
        {
            _ = character switch
            {
                '&' => output.Append("&amp;"),
                '<' => output.Append("&lt;"),
                '"' => output.Append("&quot;"),
                '\t' => output.Append("&#x9;"),
                '\n' => output.Append("&#xA;"),
                '\r' => output.Append("&#xD;"),
                _ => output.Append(character),
            };
        }

        output.Append('"');
    }
}
