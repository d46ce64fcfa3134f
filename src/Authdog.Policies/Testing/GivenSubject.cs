using System.Collections.Frozen;
using System.Collections.Immutable;
using Authdog.Policies.Criteria;
using Authdog.Policies.Decisions;
using Authdog.Policies.Language;

namespace Authdog.Policies.Testing;

/// <summary>Reads who asks: <c>user</c> and <c>session</c>.</summary>
internal static class GivenSubject
{
    private static readonly string[] FactorKeys = ["amr", "age", "passkey"];

    /// <summary>The keys of <c>user</c>.</summary>
    public static IReadOnlyList<string> UserKeys { get; } =
        ["id", "email", "email-verified", "tenant", "roles", "permissions", "groups", "claims", "client-kind"];

    /// <summary>The keys of <c>session</c>.</summary>
    public static IReadOnlyList<string> SessionKeys { get; } = ["acr", "amr", "age", "factors", "session-age", "connection", "risk"];

    public static Subject Read(YamlMap user, YamlMap? session, DateTimeOffset now, ErrorList errors)
    {
        var age = Given.Age(session, "age", errors) ?? TimeSpan.Zero;
        var factors = ReadFactors(session, now, errors);
        string[] usedMethods = factors.IsEmpty ? ["pwd"] : [.. factors.SelectMany(use => use.Amr).Distinct(StringComparer.Ordinal)];
        var kind = Given.Word(user, "client-kind", ClientKindCriterion.All, errors);
        var risk = Given.Word(session, "risk", RiskCriterion.All, errors);
        var connection = Given.Text(session, "connection", errors);
        return new Subject
        {
            UserId = Given.Text(user, "id", "test-user", errors),
            Tenant = Given.Text(user, "tenant", "default", errors),
            Email = Given.Text(user, "email", "user@example.com", errors),
            EmailVerified = Given.Flag(user, "email-verified", errors),
            Roles = Given.Texts(user, "roles", [], errors),
            Permissions = Given.Texts(user, "permissions", [], errors),
            Groups = Given.Texts(user, "groups", [], errors),
            Acr = Given.Text(session, "acr", "aal1", errors),
            Amr = Given.Texts(session, "amr", usedMethods, errors),
            AuthenticatedAt = session?["age"] is null && !factors.IsEmpty ? factors.Max(use => use.At) : now - age,
            FactorUses = factors,
            SessionCreatedAt = now - (Given.Age(session, "session-age", errors) ?? age),
            Connection = connection == Subject.LocalConnection ? null : connection,
            Risk = risk is null ? RiskLevel.None : RiskCriterion.Parse(risk),
            ClientKind = kind is null ? ClientKind.UserSession : ClientKindCriterion.Parse(kind),
            Claims = ReadClaims(user, errors),
        };
    }

    private static FrozenDictionary<string, ClaimValue> ReadClaims(YamlMap user, ErrorList errors)
    {
        if (user["claims"] is YamlMap map)
        {
            return ClaimReader.Read(map, errors);
        }

        if (user["claims"] is { } other)
        {
            Expect.Map(other, "claims", [], errors);
        }

        return FrozenDictionary<string, ClaimValue>.Empty;
    }

    private static ImmutableArray<FactorUse> ReadFactors(YamlMap? session, DateTimeOffset now, ErrorList errors) =>
        session?["factors"] is { } node && Expect.List(node, "factors", errors) is { } list
            ? [.. list.Items.Select(item => ReadFactor(item, now, errors)).OfType<FactorUse>()]
            : [];

    private static FactorUse? ReadFactor(YamlNode node, DateTimeOffset now, ErrorList errors)
    {
        if (Expect.Map(node, "A factor", FactorKeys, errors) is not { } map
            || Expect.Required(map, "amr", "The factor", errors) is not { } amr
            || FactorReader.ReadAmr(amr, errors) is not { } methods)
        {
            return null;
        }

        var passkey = map["passkey"] is { } wanted && FactorReader.ReadRequired(wanted, errors) is { } described
            ? new Passkey(described.Kind ?? PasskeyKind.Synced, described.Aaguids.IsEmpty ? Guid.Empty : described.Aaguids[0])
            : null;
        return new FactorUse(methods, now - (Given.Age(map, "age", errors) ?? TimeSpan.Zero), passkey);
    }
}
