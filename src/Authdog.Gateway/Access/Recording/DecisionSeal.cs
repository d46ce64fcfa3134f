using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Authdog.Identity.Keys;
using Authdog.Policies.Catalog;
using Authdog.Policies.Decisions;

namespace Authdog.Gateway.Access.Recording;

/// <summary>Makes records of decisions, and questions of records. Personal data is encrypted under a key of this purpose, and told apart by keyed hashes.</summary>
internal sealed class DecisionSeal(SecretProtector protector)
{
    private const string Purpose = "decisions";
    private const int MaxText = 2048;
    private const int MaxList = 256;
    private const int MaxClaims = 8 * 1024;

    /// <summary>The record of a decision.</summary>
    public RecordedDecision Seal(in QueuedDecision queued, PolicySnapshot policies)
    {
        var (decision, request) = queued.Seen;
        var inputs = Describe(in request, policies.Inputs(decision.Policy).Claims);
        return new RecordedDecision
        {
            Id = queued.Id,
            At = request.Now,
            Weight = queued.Weight,
            Route = request.Route,
            Method = Short(request.Method, 64),
            Policy = decision.Policy,
            Answer = RecordedAnswer.Of(decision),
            WithShadowRules = RecordedAnswer.OfAny(decision.WithShadowRules),
            ByShadowPolicy = RecordedAnswer.OfAny(decision.ByShadowPolicy),
            Person = request.Subject is { } subject ? Mask($"{subject.Tenant}\n{subject.UserId}") : null,
            Client = request.RemoteAddress is { } address ? Mask(address.ToString()) : null,
            Inputs = protector.Protect(Purpose, JsonSerializer.SerializeToUtf8Bytes(inputs, RecordingJson.Default.RecordedInputs)),
        };
    }

    /// <summary>What the decision depended on; null when it was encrypted under another key, or is damaged.</summary>
    public RecordedInputs? Open(RecordedDecision record)
    {
        try
        {
            return JsonSerializer.Deserialize(protector.Unprotect(Purpose, record.Inputs), RecordingJson.Default.RecordedInputs);
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException)
        {
            return null;
        }
    }

    /// <summary>A text that stands for another one and does not lead to it: the same for the same.</summary>
    public string Mask(string text) => protector.Mask(Purpose, text);

    /// <summary>The question that was asked.</summary>
    public static AccessRequest Question(RecordedDecision record, RecordedInputs inputs) => new()
    {
        Route = record.Route,
        Method = record.Method,
        Host = inputs.Host,
        Path = inputs.Path,
        Query = inputs.Query,
        RemoteAddress = inputs.Address is { } address ? IPAddress.Parse(address) : null,
        Now = record.At,
        Facts = new GivenFacts(inputs.Headers ?? FrozenDictionary<string, string[]>.Empty, Certificate(inputs.Certificate), inputs.Country, inputs.Asn, inputs.BotScore, inputs.BotSignals, inputs.ChallengePassed),
        Subject = inputs.Subject is { } subject ? Subject(subject) : null,
    };

    private static RecordedInputs Describe(in AccessRequest request, ImmutableArray<string> claims)
    {
        List<string> cut = [];
        var facts = request.Facts as GivenFacts;
        return new RecordedInputs
        {
            Host = Short(request.Host, MaxText),
            Path = Keep(request.Path, "path", cut) ?? "/",
            Query = Keep(request.Query, "query", cut),
            Address = request.RemoteAddress?.ToString(),
            Country = facts?.Country,
            Asn = facts?.Asn,
            BotScore = facts?.BotScore,
            BotSignals = facts?.BotSignals,
            ChallengePassed = facts?.ChallengePassed,
            Headers = facts?.All.Where(header => Keep(string.Concat(header.Value), header.Key, cut) is not null).ToDictionary(StringComparer.OrdinalIgnoreCase),
            Certificate = facts?.ClientCertificate is { } shown ? new(shown.Thumbprint, shown.Subject, shown.Issuer, [.. shown.AlternativeNames.Take(MaxList)]) : null,
            Subject = request.Subject is { } subject ? Describe(subject, claims, cut) : null,
            Cut = cut,
        };
    }

    private static RecordedSubject Describe(Subject subject, ImmutableArray<string> claims, List<string> cut) => new()
    {
        User = subject.UserId,
        Tenant = subject.Tenant,
        Email = subject.Email,
        EmailVerified = subject.EmailVerified,
        Roles = Keep(subject.Roles, "roles", cut),
        Groups = Keep(subject.Groups, "groups", cut),
        Permissions = Keep(subject.Permissions, "permissions", cut),
        Acr = subject.Acr,
        Amr = [.. subject.Amr],
        AuthenticatedAt = subject.AuthenticatedAt,
        Factors = [.. subject.FactorUses.Select(use => new RecordedFactor([.. use.Amr], use.At, use.Passkey is { } passkey ? passkey.Kind == PasskeyKind.Synced : null, use.Passkey?.Aaguid))],
        SessionCreatedAt = subject.SessionCreatedAt,
        Connection = subject.Connection,
        Risk = subject.Risk,
        ClientKind = subject.ClientKind,
        Claims = Claims(subject.Claims, claims, cut),
    };

    // A policy names a claim, or a member of it with dots.
    private static Dictionary<string, JsonElement>? Claims(FrozenDictionary<string, ClaimValue> all, ImmutableArray<string> asked, List<string> cut)
    {
        if (asked.IsEmpty || all.Count == 0)
        {
            return null;
        }

        Dictionary<string, JsonElement> kept = new(StringComparer.Ordinal);
        foreach (var (name, value) in all)
        {
            if (!asked.Any(claim => claim == name || claim.StartsWith(name + ".", StringComparison.Ordinal)))
            {
                continue;
            }

            var json = ClaimJson.Write(value);
            if (json.GetRawText().Length <= MaxClaims)
            {
                kept[name] = json;
            }
            else
            {
                cut.Add($"claim {name}");
            }
        }

        return kept;
    }

    private static Subject Subject(RecordedSubject recorded) => new()
    {
        UserId = recorded.User,
        Tenant = recorded.Tenant,
        Email = recorded.Email,
        EmailVerified = recorded.EmailVerified,
        Roles = recorded.Roles.ToFrozenSet(StringComparer.Ordinal),
        Groups = recorded.Groups.ToFrozenSet(StringComparer.Ordinal),
        Permissions = recorded.Permissions.ToFrozenSet(StringComparer.Ordinal),
        Acr = recorded.Acr,
        Amr = recorded.Amr.ToFrozenSet(StringComparer.Ordinal),
        AuthenticatedAt = recorded.AuthenticatedAt,
        FactorUses = [.. recorded.Factors.Select(factor => new FactorUse([.. factor.Amr], factor.At, factor.IsSynced is { } synced ? new Passkey(synced ? PasskeyKind.Synced : PasskeyKind.DeviceBound, factor.Aaguid ?? Guid.Empty) : null))],
        SessionCreatedAt = recorded.SessionCreatedAt,
        Connection = recorded.Connection,
        Risk = recorded.Risk,
        ClientKind = recorded.ClientKind,
        Claims = recorded.Claims is { } claims ? SubjectClaims.Of(claims.ToImmutableDictionary(StringComparer.Ordinal)) : FrozenDictionary<string, ClaimValue>.Empty,
    };

    private static ClientCertificate? Certificate(RecordedCertificate? shown) => shown is null
        ? null
        : new ClientCertificate { Thumbprint = shown.Thumbprint, Subject = shown.Subject, Issuer = shown.Issuer, AlternativeNames = [.. shown.AlternativeNames] };

    private static string? Keep(string? text, string name, List<string> cut)
    {
        if (text is null || text.Length <= MaxText)
        {
            return text;
        }

        cut.Add(name);
        return null;
    }

    private static string[] Keep(FrozenSet<string> texts, string name, List<string> cut)
    {
        if (texts.Count > MaxList)
        {
            cut.Add(name);
        }

        return [.. texts.Order(StringComparer.Ordinal).Take(MaxList)];
    }

    private static string Short(string text, int most) => text.Length <= most ? text : text[..most];
}
