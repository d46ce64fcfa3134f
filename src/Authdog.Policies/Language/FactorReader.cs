using System.Collections.Immutable;
using Authdog.Policies.Criteria;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Language;

/// <summary>Reads what is about factors: <c>factor</c> and <c>passkey</c>, in conditions and in requirements.</summary>
internal static class FactorReader
{
    public static Criterion? ReadFactor(YamlMap map, RuleContext context)
    {
        var methods = map["amr"] is { } amr ? ReadAmr(amr, context.Errors) : null;
        var age = map["max-age"] is { } node ? DurationReader.Read(node, "max-age", context.Errors) : null;
        return methods is { } known && age is { } oldest ? new FactorCriterion(known, oldest) : null;
    }

    public static Criterion? ReadPasskey(YamlMap map, RuleContext context)
    {
        var wanted = ReadProperties(map, context.Errors);
        var age = map["max-age"] is { } node ? DurationReader.Read(node, "max-age", context.Errors) : null;
        return wanted is null || (age is null && map["max-age"] is not null) ? null : new PasskeyCriterion(wanted, age);
    }

    /// <summary>Methods (RFC 8176); <see langword="null"/> when one is none, which has then been reported.</summary>
    public static ImmutableArray<string>? ReadAmr(YamlNode node, ErrorList errors) =>
        Expect.Values(node, "amr", errors) is { } methods && methods.Count(method => ValueRules.IsAmr(method, errors)) == methods.Count
            ? [.. methods.Select(method => method.Text)]
            : null;

    /// <summary>A passkey of a requirement; <see langword="null"/> when something is wrong, which has then been reported.</summary>
    public static PasskeyRequirement? ReadRequired(YamlNode node, ErrorList errors)
    {
        if (node is YamlScalar { IsAbsent: false } word)
        {
            return Expect.Word(word, "passkey", Shapes.RequiredPasskey.Words!, errors) ? OfWord(word.Text) : null;
        }

        return KeysReader.Map("passkey", Shapes.RequiredPasskey, node, errors) is { } map ? ReadProperties(map, errors) : null;
    }

    /// <summary>The passkeys that a word stands for.</summary>
    public static PasskeyRequirement OfWord(string word) => new()
    {
        Kind = word switch { "synced" => PasskeyKind.Synced, "device-bound" => PasskeyKind.DeviceBound, _ => null },
    };

    private static PasskeyRequirement? ReadProperties(YamlMap map, ErrorList errors)
    {
        var wanted = new PasskeyRequirement();
        var right = true;
        if (map["kind"] is { } kind)
        {
            right &= Expect.Value(kind, "kind", errors) is { } word && Expect.Word(word, "kind", ["synced", "device-bound"], errors);
            wanted = OfWord((kind as YamlScalar)?.Text ?? "");
        }

        if (map["aaguid"] is { } models)
        {
            var values = Expect.Values(models, "aaguid", errors);
            right &= values is not null && values.Count(value => ValueRules.IsAaguid(value, errors)) == values.Count;
            wanted = right ? wanted with { Aaguids = [.. values!.Select(value => Guid.Parse(value.Text))] } : wanted;
        }

        return right ? wanted : null;
    }
}
