using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Authdog.Identity.Sessions;
using Authdog.Protocols.Saml.Requests;
using Authdog.Protocols.Saml.Responses;

namespace Authdog.Identity.Sso.Saml;

/// <summary>What a verified assertion says, on its way from the post that another site made to the page of this site that knows the browser. Kept in the shared store for a minute, found by a secret, taken once.</summary>
internal sealed record SamlArrival
{
    private const int MaxValue = 1024;
    private const int MaxValues = 100;

    // StoredJson has room for 64 KiB; names, claims and groups together stay well below.
    private const int MaxGroupLetters = 24 * 1024;
    private const int MaxClaimLetters = 16 * 1024;

    /// <summary>The state of the login that asked; null when the provider began.</summary>
    public string? State { get; init; }

    /// <summary>Which connection.</summary>
    public required Guid Connection { get; init; }

    /// <summary>Who says so.</summary>
    public required string Issuer { get; init; }

    /// <summary>The person there.</summary>
    public required string Subject { get; init; }

    /// <summary>The person as a logout has to name them (<see cref="SamlSubject"/>).</summary>
    public required string NameId { get; init; }

    /// <summary>The session there.</summary>
    public string? SessionIndex { get; init; }

    /// <summary>When the session there ends.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>When they proved who they are.</summary>
    public required DateTimeOffset ProvedAt { get; init; }

    /// <summary>How.</summary>
    public string? Context { get; init; }

    /// <summary>E-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>Display name.</summary>
    public string? Name { get; init; }

    /// <summary>Groups: those that give roles first, and of the others as many as there is room for.</summary>
    public ImmutableArray<string> Groups { get; init; } = [];

    /// <summary>Attributes that the connection maps, as a JSON object.</summary>
    public string Claims { get; init; } = "{}";

    /// <summary>What an assertion says; null when nothing in it names the person for good.</summary>
    public static SamlArrival? Of(VerifiedSamlAssertion assertion, ConnectionRecord connection, SamlParties parties, OutstandingAuthnRequest? asked, string? state, DateTimeOffset now)
    {
        var person = SamlPerson.Of(assertion, parties.Self, parties.Settings, connection.Mapping);
        return person.Subject is null ? null : new SamlArrival
        {
            State = state,
            Connection = connection.Id,
            Issuer = assertion.Issuer,
            Subject = person.Subject,
            NameId = SamlSubject.Write(assertion.NameId),
            SessionIndex = assertion.SessionIndex,
            EndsAt = assertion.SessionNotOnOrAfter,

            // The verifier has seen to it that what was forced is fresh; clocks that differ must not make it look older than the question.
            ProvedAt = asked is { ForceAuthn: true } || assertion.AuthnInstant > now ? now : assertion.AuthnInstant,
            Context = assertion.AuthnContextClassRef,
            Email = person.Email?.Value,
            Name = person.Name,
            Groups = Fit(person.Groups, connection.Mapping),
            Claims = ClaimsOf(assertion, connection.Mapping).ToJsonString(),
        };
    }

    /// <summary>The same for the ceremonies.</summary>
    public ExternalProof Proof(ConnectionRecord connection, SamlSettings settings) => new()
    {
        Connection = connection,
        Issuer = Issuer,
        Subject = Subject,
        Email = Email,

        // SAML has no word for it: an address counts where its domain is the connection's own (I4).
        EmailVerified = false,
        Name = Name,
        Groups = Groups,
        Claims = JsonDocument.Parse(Claims).RootElement,
        Factor = new AuthenticationFactor
        {
            Method = ConnectionMethod.MethodName,
            Amr = SamlFactors.AmrOf(Context),
            Kinds = SamlFactors.KindsOf(Context, settings),
            ProvedAt = ProvedAt,
            Upstream = new UpstreamSession(Issuer, NameId, SessionIndex, TokensId: null, EndsAt),
        },
    };

    private static ImmutableArray<string> Fit(ImmutableArray<string> groups, ConnectionMapping mapping)
    {
        var left = MaxGroupLetters;
        return [.. groups.OrderByDescending(group => mapping.Roles.ContainsKey(group)).Take(ExternalProof.MaxGroups).TakeWhile(group => (left -= group.Length) >= 0)];
    }

    private static JsonObject ClaimsOf(VerifiedSamlAssertion assertion, ConnectionMapping mapping)
    {
        var left = MaxClaimLetters;
        var claims = new JsonObject();
        foreach (var name in mapping.Attributes.Values.Distinct(StringComparer.Ordinal))
        {
            var values = assertion.Values(name).Where(value => value.Length is > 0 and <= MaxValue).Take(MaxValues).TakeWhile(value => (left -= value.Length) >= 0).ToList();
            if (values.Count > 0)
            {
                claims[name] = values.Count == 1 ? JsonValue.Create(values[0]) : new JsonArray([.. values.Select(value => (JsonNode)value)]);
            }
        }

        return claims;
    }
}
