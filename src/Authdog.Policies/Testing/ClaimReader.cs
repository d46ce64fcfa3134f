using System.Collections.Frozen;
using Authdog.Policies.Decisions;
using Authdog.Policies.Language;

namespace Authdog.Policies.Testing;

/// <summary>Reads claims with their types, as JSON would give them: plain <c>true</c> and <c>42</c> are a boolean and a number, quoted ones are texts.</summary>
internal static class ClaimReader
{
    public static FrozenDictionary<string, ClaimValue> Read(YamlMap map, ErrorList errors) =>
        map.Entries.ToFrozenDictionary(entry => entry.Key.Text, entry => Read(entry.Value, errors), StringComparer.Ordinal);

    private static ClaimValue Read(YamlNode node, ErrorList errors) => node switch
    {
        YamlMap map => new ClaimValue.Nested(Read(map, errors)),
        YamlList list => new ClaimValue.List([.. list.Items.Select(item => Read(item, errors))]),
        _ => Expect.Value(node, "A claim", errors) is { } scalar ? scalar.IsPlain ? ClaimValue.Parse(scalar.Text) : ClaimValue.Of(scalar.Text) : ClaimValue.Of(""),
    };
}
