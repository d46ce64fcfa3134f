namespace Authdog.Protocols.Saml.Xml;

/// <summary>The namespaces in scope at an element, as a chain toward the root.</summary>
internal sealed class NamespaceScope
{
    private readonly string _prefix;
    private readonly string _uri;
    private readonly NamespaceScope? _outer;

    private NamespaceScope(string prefix, string uri, NamespaceScope? outer) =>
        (_prefix, _uri, _outer, Depth) = (prefix, uri, outer, (outer?.Depth ?? 0) + 1);

    /// <summary>No prefix declared, the default namespace is empty.</summary>
    public static NamespaceScope Empty { get; } = new(string.Empty, string.Empty, null);

    /// <summary>Declarations in the chain.</summary>
    public int Depth { get; }

    /// <summary>This scope with one more declaration.</summary>
    public NamespaceScope With(string prefix, string uri) => new(prefix, uri, this);

    /// <summary>The namespace of a prefix; <see langword="null"/> when it is not declared.</summary>
    public string? Find(string prefix)
    {
        for (var scope = this; scope is not null; scope = scope._outer)
        {
            if (scope._prefix == prefix)
            {
                return scope._uri;
            }
        }

        return null;
    }

    /// <summary>Every prefix in scope with its namespace, the innermost declaration of each.</summary>
    public IEnumerable<KeyValuePair<string, string>> All()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var scope = this; scope is not null; scope = scope._outer)
        {
            if (seen.Add(scope._prefix))
            {
                yield return new(scope._prefix, scope._uri);
            }
        }
    }
}
