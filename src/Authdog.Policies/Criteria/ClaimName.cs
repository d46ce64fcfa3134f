using System.Collections.Frozen;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary>
/// The name of a claim, with dots into nested ones. Since names may hold dots themselves (many are URIs), a claim whose name
/// is the whole comes first; otherwise each dot may be the border between a name and what is nested in it.
/// </summary>
internal sealed class ClaimName
{
    /// <summary>Most dots in a name; each may be a border, so that their number is bounded.</summary>
    public const int MostDots = 8;

    private readonly (string Outer, ClaimName Inner)[] borders;

    public ClaimName(string text)
    {
        Text = text;
        borders =
        [
            .. Enumerable.Range(0, text.Length)
                .Where(index => text[index] == '.' && index > 0 && index < text.Length - 1)
                .Select(index => (text[..index], new ClaimName(text[(index + 1)..]))),
        ];
    }

    public string Text { get; }

    /// <summary>The claim of this name; <see langword="null"/> when there is none.</summary>
    public ClaimValue? Find(FrozenDictionary<string, ClaimValue> claims)
    {
        if (claims.TryGetValue(Text, out var whole))
        {
            return whole;
        }

        foreach (var (outer, inner) in borders)
        {
            if (claims.TryGetValue(outer, out var value) && value is ClaimValue.Nested nested && inner.Find(nested.Members) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
