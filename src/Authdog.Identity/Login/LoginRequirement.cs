using System.Collections.Immutable;
using System.Globalization;
using Authdog.Identity.Sessions;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Login;

/// <summary>What a login has to give, in the words of OpenID Connect and RFC 9470: level, methods, age. Members that are absent ask for nothing.</summary>
public sealed record LoginRequirement
{
    private const int MaxMethods = 8;
    private const int MaxMethodLength = 32;

    /// <summary>When it was asked for: what is proved after that is fresh, whatever the age asked for.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Lowest level (<c>acr</c>).</summary>
    public string? Acr { get; init; }

    /// <summary>Methods (<c>amr</c>, RFC 8176) of which at least one has to be used.</summary>
    public ImmutableArray<string> Amr { get; init; } = [];

    /// <summary>Oldest proof that counts, in seconds (<c>max_age</c>).</summary>
    public int? MaxAge { get; init; }

    /// <summary>Whether nothing counts that was proved before (<c>prompt=login</c>).</summary>
    public bool Reauthenticate { get; init; }

    /// <summary>Whether a proof of old may not be enough.</summary>
    public bool AsksForFreshProof => Reauthenticate || MaxAge is not null;

    /// <summary>Reads the parameters <c>acr</c>, <c>amr</c> (several by blank or comma), <c>max_age</c> and <c>prompt</c>; what is none of these words asks for nothing.</summary>
    public static LoginRequirement Read(IQueryCollection query, DateTimeOffset now) => new()
    {
        AskedAt = now,
        Acr = query["acr"].ToString() is "aal1" or "aal2" or "aal3" ? query["acr"].ToString() : null,
        Amr = ReadMethods(query["amr"].ToString()),
        MaxAge = int.TryParse(query["max_age"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null,
        Reauthenticate = query["prompt"] == "login",
    };

    /// <summary>Whether a proof that a session rests on is young enough.</summary>
    public bool Counts(AuthenticationFactor factor, DateTimeOffset now) =>
        factor.ProvedAt > AskedAt || (!Reauthenticate && (MaxAge is not { } age || now - factor.ProvedAt <= TimeSpan.FromSeconds(age)));

    /// <summary>Whether those of a session's factors that are young enough reach the level together, and one of them is of a method asked for.</summary>
    public bool IsMetBy(Session session, DateTimeOffset now) =>
        session.Factors.RemoveAll(factor => !Counts(factor, now)) is { Length: > 0 } counting && IsLevelReachedBy(counting) && IsMethodAmong(counting);

    internal bool IsLevelReachedBy(ImmutableArray<AuthenticationFactor> counting) => Acr is null || string.CompareOrdinal(Assurance.Acr(counting), Acr) >= 0;

    internal bool IsMethodAmong(ImmutableArray<AuthenticationFactor> counting) => Amr.IsEmpty || Amr.Intersect(Assurance.Amr(counting), StringComparer.Ordinal).Any();

    private static ImmutableArray<string> ReadMethods(string text) =>
        text.Length > MaxMethods * (MaxMethodLength + 1)
            ? []
            : [.. text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)
                .Where(static method => method.Length <= MaxMethodLength && method.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or ':' or '-'))
                .Take(MaxMethods)];
}
