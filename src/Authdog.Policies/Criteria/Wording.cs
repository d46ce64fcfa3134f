using System.Globalization;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary>How explanations write values.</summary>
internal static class Wording
{
    /// <summary>Wanted values: <c>a</c>, or <c>a, b or c</c>.</summary>
    public static string AnyOf(IEnumerable<string> values)
    {
        string[] all = [.. values];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} or {all[^1]}";
    }

    /// <summary>Seen values, in a stable order.</summary>
    public static string Listed(IEnumerable<string> values)
    {
        string[] all = [.. values.Order(StringComparer.Ordinal)];
        return all.Length == 0 ? "none" : string.Join(", ", all);
    }

    /// <summary>A claim's value.</summary>
    public static string Of(ClaimValue claim) => claim switch
    {
        ClaimValue.Text text => text.Value,
        ClaimValue.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        ClaimValue.Flag flag => flag.Value ? "true" : "false",
        ClaimValue.List list => Listed(list.Items.Select(Of)),
        ClaimValue.Nested nested => $"nested ({Listed(nested.Members.Keys)})",
        _ => "unknown",
    };

    /// <summary>Passkeys that are wanted.</summary>
    public static string Of(PasskeyRequirement wanted)
    {
        var kind = wanted.Kind switch { PasskeyKind.Synced => "a synced passkey", PasskeyKind.DeviceBound => "a device-bound passkey", _ => "a passkey" };
        return wanted.Aaguids.IsDefaultOrEmpty ? kind : $"{kind} of {AnyOf(wanted.Aaguids.Select(aaguid => aaguid.ToString()))}";
    }

    /// <summary>A passkey that was used.</summary>
    public static string Of(Passkey passkey) =>
        $"{(passkey.Kind == PasskeyKind.DeviceBound ? "device-bound" : "synced")} {passkey.Aaguid}";
}
