using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Authdog.Identity.Login;
using Authdog.Identity.Sessions;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>Turns what a provider has said into an <see cref="ExternalProof"/>, as far as the connection is set to believe it.</summary>
internal static class OidcProofs
{
    /// <summary>The claims of the ID token, with those of userinfo that it does not have itself.</summary>
    public static JsonElement Merge(JsonElement idToken, JsonElement? userInfo)
    {
        if (userInfo is not { } more)
        {
            return idToken;
        }

        var merged = JsonObject.Create(more)!;
        foreach (var claim in idToken.EnumerateObject())
        {
            merged[claim.Name] = JsonNode.Parse(claim.Value.GetRawText());
        }

        return JsonSerializer.SerializeToElement(merged);
    }

    /// <summary>Whether the ID token lacks something that userinfo may know.</summary>
    public static bool IsLacking(JsonElement idToken, ConnectionMapping mapping) =>
        mapping.Attributes.Values.Prepend(mapping.Email).Prepend(mapping.Name).Concat(mapping.Roles.IsEmpty ? [] : new[] { mapping.Groups }).Any(path => ClaimPath.Find(idToken, path) is null);

    /// <summary>The proof.</summary>
    /// <param name="provider">Who was asked.</param>
    /// <param name="token">What it answered.</param>
    /// <param name="claims">Everything that it said.</param>
    /// <param name="question">What was asked.</param>
    /// <param name="requirement">What the login has to give.</param>
    /// <param name="tokensId">Under which id its tokens are kept.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="ExternalFailureException">It is not as fresh as was asked.</exception>
    public static ExternalProof Make(OidcProvider provider, ProviderToken token, JsonElement claims, OidcQuestion question, LoginRequirement requirement, string? tokensId, DateTimeOffset now)
    {
        var (settings, mapping) = (provider.Settings, provider.Connection.Mapping);
        var authenticated = settings.Trust.AuthTime ? token.Time("auth_time") : null;
        if (requirement.AsksForFreshProof && !IsFresh(authenticated, question, now))
        {
            throw new ExternalFailureException(ExternalRefusal.TooWeak, "the provider does not say (auth_time) that the person has signed in as freshly as was asked (max_age)");
        }

        var subject = token.Text("sub")!;
        return new ExternalProof
        {
            Connection = provider.Connection,
            Issuer = token.Issuer,
            Subject = subject,
            Email = ClaimPath.Text(claims, mapping.Email),
            EmailVerified = mapping.Email == "email" && IsEmailVerified(claims),
            Name = ClaimPath.Text(claims, mapping.Name),
            Groups = [.. ClaimPath.Texts(ClaimPath.Find(claims, mapping.Groups)).Take(ExternalProof.MaxGroups)],
            Claims = claims,
            Factor = new AuthenticationFactor
            {
                Method = provider.Connection.Kind is ConnectionKind.Social ? "social" : ConnectionMethod.MethodName,
                Amr = settings.Trust.Amr ? Methods(token.Claims) : [],
                Kinds = Kinds(token, settings.Trust),
                ProvedAt = authenticated is { } at && at < now ? at : now,
                Upstream = new UpstreamSession(token.Issuer, subject, Sid(token), tokensId, EndsAt: null),
            },
        };
    }

    // A provider that says it as text (Apple) means the same; Entra ID says it in a claim of its own.
    private static bool IsEmailVerified(JsonElement claims) =>
        IsTrue(claims, "email_verified") || IsTrue(claims, "xms_edov");

    private static bool IsTrue(JsonElement claims, string name) => claims.TryGetProperty(name, out var value) && value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.String => value.GetString() is "true" or "1",
        JsonValueKind.Number => value.TryGetInt32(out var number) && number == 1,
        _ => false,
    };

    private static bool IsFresh(DateTimeOffset? authenticated, OidcQuestion question, DateTimeOffset now) =>
        authenticated is { } at
        && question.MaxAge is { } age
        && at <= now + ProviderTokenVerifier.Skew
        && at >= question.AskedAt - TimeSpan.FromSeconds(age) - ProviderTokenVerifier.Skew;

    private static string? Sid(ProviderToken token) => token.Text("sid") is { Length: > 0 and <= ExternalProof.MaxIdentifier } sid ? sid : null;

    // Words of RFC 8176 and the like: short, printable, few.
    private static ImmutableArray<string> Methods(JsonElement claims) =>
        [.. ClaimPath.Texts(claims.TryGetProperty("amr", out var amr) ? amr : null)
            .Where(static method => method.Length is > 0 and <= 32 && method.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.' or ':'))
            .Distinct(StringComparer.Ordinal)
            .Take(8)];

    private static FactorKinds Kinds(ProviderToken token, OidcTrust trust)
    {
        const FactorKinds Two = FactorKinds.Knowledge | FactorKinds.Possession;
        if (token.Text("acr") is { } acr && trust.MultiFactorAcr.Contains(acr))
        {
            return Two;
        }

        if (!trust.Amr)
        {
            return FactorKinds.Knowledge;
        }

        var kinds = Methods(token.Claims).Aggregate(FactorKinds.None, static (kinds, method) => kinds | method switch
        {
            "mfa" => Two,
            "pwd" or "pin" or "kba" => FactorKinds.Knowledge,
            "otp" or "hwk" or "swk" or "sc" or "sms" or "tel" or "pop" => FactorKinds.Possession,
            "face" or "fpt" or "iris" or "retina" or "vbm" or "user" => FactorKinds.UserVerification,
            _ => FactorKinds.None,
        });
        return kinds is FactorKinds.None ? FactorKinds.Knowledge : kinds;
    }
}
