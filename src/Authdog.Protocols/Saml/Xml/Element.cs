using System.Text;

namespace Authdog.Protocols.Saml.Xml;

/// <summary>An element of a strictly read document. Nothing changes it after it was read.</summary>
internal sealed class Element(string prefix, string localName, NamespaceScope scope, IReadOnlyList<ElementAttribute> attributes, IReadOnlyList<Node> children) : Node
{
    /// <summary>What XML calls white space; any other character of Unicode is content.</summary>
    private static readonly char[] s_whitespace = [' ', '\t', '\r', '\n'];

    /// <summary>Prefix as written.</summary>
    public string Prefix { get; } = prefix;

    /// <summary>Name without prefix.</summary>
    public string LocalName { get; } = localName;

    /// <summary>Namespace of the name.</summary>
    public string Namespace { get; } = scope.Find(prefix) ?? string.Empty;

    /// <summary>Namespaces in scope.</summary>
    public NamespaceScope Scope { get; } = scope;

    /// <summary>Attributes in document order.</summary>
    public IReadOnlyList<ElementAttribute> Attributes { get; } = attributes;

    /// <summary>Elements and text in document order.</summary>
    public IReadOnlyList<Node> Children { get; } = children;

    /// <summary>Child elements in document order.</summary>
    public IEnumerable<Element> Elements => Children.OfType<Element>();

    /// <summary>The whole text below this element, wherever comments, CDATA sections and child elements cut it, without white space at its ends.</summary>
    public string Content
    {
        get
        {
            var text = new StringBuilder();
            Append(this, text);
            return text.ToString().Trim(s_whitespace);
        }
    }

    /// <summary>Whether it has this name.</summary>
    public bool Is(string xmlNamespace, string name) => LocalName == name && Namespace == xmlNamespace;

    /// <summary>Child elements of a name.</summary>
    public IEnumerable<Element> All(string xmlNamespace, string name) => Elements.Where(child => child.Is(xmlNamespace, name));

    /// <summary>The child element of a name when there is exactly one.</summary>
    public Element? One(string xmlNamespace, string name)
    {
        Element? found = null;
        foreach (var child in All(xmlNamespace, name))
        {
            if (found is not null)
            {
                return null;
            }

            found = child;
        }

        return found;
    }

    /// <summary>How often a child element of a name occurs.</summary>
    public int Count(string xmlNamespace, string name) => All(xmlNamespace, name).Count();

    /// <summary>Value of an attribute without namespace.</summary>
    public string? Attribute(string name) => Attribute(string.Empty, name);

    /// <summary>Value of an attribute.</summary>
    public string? Attribute(string xmlNamespace, string name)
    {
        foreach (var attribute in Attributes)
        {
            if (attribute.LocalName == name && attribute.Namespace == xmlNamespace)
            {
                return attribute.Value;
            }
        }

        return null;
    }

    /// <summary>Every element below this one, in document order.</summary>
    public IEnumerable<Element> Descendants() => Elements.SelectMany(child => child.Descendants().Prepend(child));

    private static void Append(Element element, StringBuilder text)
    {
        foreach (var child in element.Children)
        {
            switch (child)
            {
                case Text characters:
                    text.Append(characters.Value);
                    break;
                case Element inner:
                    Append(inner, text);
                    break;
            }
        }
    }
}
