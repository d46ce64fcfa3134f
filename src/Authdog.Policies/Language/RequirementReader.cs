using Authdog.Policies.Decisions;

namespace Authdog.Policies.Language;

/// <summary>Reads what stands behind <c>require</c>.</summary>
internal static class RequirementReader
{
    /// <summary>The keys of a requirement.</summary>
    public static ValueShape.Keys Shape { get; } = new(
        [
            new KeyShape("acr", "Level of authentication, this or stronger.", new ValueShape.Single(Words: AssuranceLevel.All)),
            new KeyShape("amr", "Methods of authentication (RFC 8176), of which one must have been used.", Shapes.Amr),
            new KeyShape("max-age", "The person authenticated no longer ago than this; beside amr or passkey, with that very factor.", Shapes.Duration),
            new KeyShape("passkey", "A passkey that must have been used: any, synced, device-bound, or one with these properties.", Shapes.RequiredPasskey),
            new KeyShape("connection", "Connections of which one must have signed the person in; local is the gateway's own sign-in.", Shapes.Texts),
        ],
        MayRepeat: false);

    public static AuthenticationRequirement? Read(YamlNode node, ErrorList errors)
    {
        if (KeysReader.Map("require", Shape, node, errors) is not { } map)
        {
            return null;
        }

        var requirement = new AuthenticationRequirement();
        if (map["acr"] is { } acr && Expect.Value(acr, "acr", errors) is { } level && ValueRules.IsAcr(level, errors))
        {
            requirement = requirement with { Acr = level.Text };
        }

        if (map["amr"] is { } amr && FactorReader.ReadAmr(amr, errors) is { } methods)
        {
            requirement = requirement with { Amr = methods };
        }

        if (map["max-age"] is { } age && DurationReader.Read(age, "max-age", errors) is { } longest)
        {
            requirement = requirement with { MaxAge = longest };
        }

        if (map["passkey"] is { } passkey && FactorReader.ReadRequired(passkey, errors) is { } wanted)
        {
            requirement = requirement with { Passkey = wanted };
        }

        if (map["connection"] is { } connection && Expect.Values(connection, "connection", errors) is { } connections)
        {
            requirement = requirement with { Connections = [.. connections.Select(id => id.Text)] };
        }

        return requirement;
    }
}
