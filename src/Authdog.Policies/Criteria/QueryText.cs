namespace Authdog.Policies.Criteria;

/// <summary>Takes a query apart as <c>application/x-www-form-urlencoded</c>. Allocates only where something is encoded.</summary>
internal static class QueryText
{
    /// <summary>The parameters, still encoded.</summary>
    public static Parameters Split(string? query, bool semicolonsToo) => new(query, semicolonsToo);

    /// <summary>The decoded name of a parameter.</summary>
    public static ReadOnlySpan<char> NameOf(ReadOnlySpan<char> parameter)
    {
        var border = parameter.IndexOf('=');
        return Decode(border < 0 ? parameter : parameter[..border]);
    }

    /// <summary>The decoded value of a parameter; empty when it has none.</summary>
    public static ReadOnlySpan<char> ValueOf(ReadOnlySpan<char> parameter)
    {
        var border = parameter.IndexOf('=');
        return border < 0 ? [] : Decode(parameter[(border + 1)..]);
    }

    private static ReadOnlySpan<char> Decode(ReadOnlySpan<char> text) =>
        text.ContainsAny('%', '+') ? Uri.UnescapeDataString(text.ToString().Replace('+', ' ')) : text;

    /// <summary>One parameter after the other.</summary>
    public ref struct Parameters(string? query, bool semicolonsToo)
    {
        private ReadOnlySpan<char> rest = query;

        public ReadOnlySpan<char> Current { get; private set; }

        public readonly Parameters GetEnumerator() => this;

        public bool MoveNext()
        {
            while (!rest.IsEmpty)
            {
                var end = semicolonsToo ? rest.IndexOfAny('&', ';') : rest.IndexOf('&');
                Current = end < 0 ? rest : rest[..end];
                rest = end < 0 ? [] : rest[(end + 1)..];
                if (!Current.IsEmpty)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
