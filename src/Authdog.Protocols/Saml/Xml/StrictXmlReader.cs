using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Xml;
using Authdog.Protocols.Saml.Errors;

namespace Authdog.Protocols.Saml.Xml;

/// <summary>The one way from bytes to elements. What signs, decrypts and consumes sees the same tree, because there is no second parser.</summary>
/// <remarks>
/// An instance reads the parts of one message: identifiers must differ across all of them, the decrypted ones included.
/// Allowed are elements, attributes, text, CDATA sections and comments; comments vanish and never split a text.
/// </remarks>
/// <param name="maxBytes">Largest document.</param>
internal sealed class StrictXmlReader(int maxBytes)
{
    private const int MaxDepth = 32;
    private const int MaxNamespaces = 100;
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <summary>Largest message: 256 KiB.</summary>
    public const int MaxMessageBytes = 256 * 1024;

    /// <summary>Reads a document.</summary>
    /// <param name="utf8">Its bytes.</param>
    /// <param name="root">Its root.</param>
    /// <param name="error">Why it is refused.</param>
    /// <param name="inherited">Namespaces that an enclosing element declares, for a fragment that was decrypted.</param>
    public bool TryRead(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out Element? root, [NotNullWhen(false)] out SamlError? error, NamespaceScope? inherited = null)
    {
        root = null;
        if (utf8.Length > maxBytes)
        {
            error = new(SamlErrorCode.TooLarge, $"The XML is larger than {maxBytes / 1024} KiB.");
            return false;
        }

        try
        {
            // A declared encoding is compared, never obeyed: two programs that decode differently see two documents.
            var text = s_utf8.GetString(utf8.StartsWith(Utf8Mark) ? utf8[Utf8Mark.Length..] : utf8);
            root = ReadDocument(text, inherited ?? NamespaceScope.Empty, out error);
            return root is not null && error is null;
        }
        catch (DecoderFallbackException)
        {
            error = new(SamlErrorCode.NotXml, "The XML is not UTF-8.");
        }
        catch (XmlException exception) when (exception.Message.Contains("DTD", StringComparison.Ordinal))
        {
            error = new(SamlErrorCode.ForbiddenXml, "The XML has a document type declaration (DTD), which SAML never needs.");
        }
        catch (XmlException exception)
        {
            error = new(SamlErrorCode.NotXml, $"The XML is not well-formed (line {exception.LineNumber}, position {exception.LinePosition}).");
        }

        root = null;
        return false;
    }

    private static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

    private Element? ReadDocument(string text, NamespaceScope inherited, out SamlError? error)
    {
        error = null;
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = maxBytes, CheckCharacters = true };
        var context = new XmlParserContext(null, Manager(inherited), null, XmlSpace.None);
        using var reader = XmlReader.Create(new StringReader(text), settings, context);
        Element? root = null;
        while (error is null && reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.XmlDeclaration when reader.GetAttribute("encoding") is { } encoding && !encoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase):
                    error = new(SamlErrorCode.NotXml, $"The XML declares the encoding {SamlError.Quote(encoding)}; only UTF-8 is accepted.");
                    break;
                case XmlNodeType.XmlDeclaration or XmlNodeType.Comment or XmlNodeType.Whitespace:
                    break;
                case XmlNodeType.Element:
                    root = ReadElement(reader, inherited, 1, ref error);
                    break;
                default:
                    error = Forbidden(reader);
                    break;
            }
        }

        return root;
    }

    private Element? ReadElement(XmlReader reader, NamespaceScope outer, int depth, ref SamlError? error)
    {
        var (prefix, name, empty) = (reader.Prefix, reader.LocalName, reader.IsEmptyElement);
        if (depth > MaxDepth)
        {
            error = new(SamlErrorCode.TooDeep, $"The XML is nested more than {MaxDepth} levels deep.");
            return null;
        }

        var scope = ReadAttributes(reader, outer, out var attributes);
        if (scope.Depth > MaxNamespaces)
        {
            error = new(SamlErrorCode.TooDeep, $"The XML declares more than {MaxNamespaces} namespaces in one place.");
            return null;
        }

        // Every spelling that some XML library takes for an identifier, in any namespace, xml:id too.
        foreach (var attribute in attributes)
        {
            if (attribute.LocalName.Equals("id", StringComparison.OrdinalIgnoreCase) && !_ids.Add(attribute.Value))
            {
                error = new(SamlErrorCode.DuplicateId, $"Two elements of the message have the identifier {SamlError.Quote(attribute.Value)}.");
                return null;
            }
        }

        var children = empty ? [] : ReadChildren(reader, scope, depth, ref error);
        return error is null ? new Element(prefix, name, scope, attributes, children) : null;
    }

    private List<Node> ReadChildren(XmlReader reader, NamespaceScope scope, int depth, ref SamlError? error)
    {
        var children = new List<Node>();
        var text = new StringBuilder();
        while (error is null && reader.Read() && reader.NodeType != XmlNodeType.EndElement)
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    text.Append(reader.Value);
                    break;
                case XmlNodeType.Comment:
                    break;
                case XmlNodeType.Element:
                    Flush(text, children);
                    if (ReadElement(reader, scope, depth + 1, ref error) is { } child)
                    {
                        children.Add(child);
                    }

                    break;
                default:
                    error = Forbidden(reader);
                    break;
            }
        }

        Flush(text, children);
        return children;
    }

    private static NamespaceScope ReadAttributes(XmlReader reader, NamespaceScope scope, out IReadOnlyList<ElementAttribute> attributes)
    {
        List<ElementAttribute> read = [];
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI == XmlNames.Declaration)
            {
                scope = scope.With(reader.Prefix.Length == 0 ? string.Empty : reader.LocalName, reader.Value);
            }
            else
            {
                read.Add(new(reader.Prefix, reader.LocalName, reader.NamespaceURI, reader.Value));
            }
        }

        reader.MoveToElement();
        attributes = read;
        return scope;
    }

    private static void Flush(StringBuilder text, List<Node> children)
    {
        if (text.Length > 0)
        {
            children.Add(new Text(text.ToString()));
            text.Clear();
        }
    }

    private static XmlNamespaceManager Manager(NamespaceScope inherited)
    {
        var manager = new XmlNamespaceManager(new NameTable());
        foreach (var (prefix, uri) in inherited.All())
        {
            if (prefix != "xml")
            {
                manager.AddNamespace(prefix, uri);
            }
        }

        return manager;
    }

    private static SamlError Forbidden(XmlReader reader) =>
        new(SamlErrorCode.ForbiddenXml, $"The XML has a construct that SAML never uses: {reader.NodeType}.");
}
