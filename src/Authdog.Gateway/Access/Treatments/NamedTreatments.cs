using System.Collections.Frozen;
using Authdog.Gateway.Edge;
using Authdog.Gateway.Routing;
using Authdog.Policies.Catalog;
using Authdog.Policies.Language;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Access.Treatments;

/// <summary>What the names mean that policies choose for their requests.</summary>
internal sealed class NamedTreatments
{
    private readonly FrozenDictionary<string, KeyValuePair<string, string>[]> _headers;
    private readonly FrozenDictionary<string, IdentityHeaderNames> _mappings;
    private readonly FrozenDictionary<string, RateLimitSettings> _limits;

    public NamedTreatments(IOptions<TreatmentOptions> options, ReservedHeaders reserved)
    {
        var builtIn = Enum.GetValues<AppSecurityHeaders>().Select(choice => KeyValuePair.Create(choice.ToString().ToLowerInvariant(), AppSecurityHeaderSets.Of(choice)));
        _headers = builtIn.Concat(options.Value.SecurityHeaders.Select(set => KeyValuePair.Create(set.Key, set.Value.ToArray()))).ToFrozenDictionary(StringComparer.Ordinal);
        _mappings = options.Value.HeaderMappings.ToFrozenDictionary(mapping => mapping.Key, mapping => mapping.Value.ToNames(), StringComparer.Ordinal);
        _limits = options.Value.RateLimits.ToFrozenDictionary(StringComparer.Ordinal);
        IdentityHeaders = [.. _mappings.Values.SelectMany(names => names.All).Distinct(StringComparer.OrdinalIgnoreCase)];

        // Whatever policy may be in force one day: no client says under these names who it is (B5).
        reserved.Add(IdentityHeaders);
    }

    /// <summary>All names of identity headers that some mapping uses.</summary>
    public IReadOnlyList<string> IdentityHeaders { get; }

    /// <summary>Whether policies have rate limits to choose from.</summary>
    public bool LimitsRates => _limits.Count > 0;

    /// <summary>The headers of a set; null when there is no such set.</summary>
    public KeyValuePair<string, string>[]? SecurityHeaders(string name) => _headers.GetValueOrDefault(name);

    /// <summary>The names of a mapping; null when there is no such mapping.</summary>
    public IdentityHeaderNames? Mapping(string name) => _mappings.GetValueOrDefault(name);

    /// <summary>A rate limit; null when there is no such limit.</summary>
    public RateLimitSettings? RateLimit(string name) => _limits.GetValueOrDefault(name);

    /// <summary>Every name that a set of policies chooses and that means nothing: such a set is not put into force.</summary>
    public IEnumerable<PolicyError> Check(PolicySnapshot policies)
    {
        foreach (var (policy, file, treatment) in policies.Treatments)
        {
            if (treatment.SecurityHeaders is { } set && !_headers.ContainsKey(set))
            {
                yield return Error("AG1241", file, policy, "There is no set of security headers of this name", set, $"Choose one of {string.Join(", ", _headers.Keys.Order(StringComparer.Ordinal))}, or define it in Policies:SecurityHeaders");
            }

            if (treatment.HeaderMapping is { } mapping && !_mappings.ContainsKey(mapping))
            {
                yield return Error("AG1242", file, policy, "There is no header mapping of this name", mapping, _mappings.Count > 0 ? $"Choose one of {string.Join(", ", _mappings.Keys.Order(StringComparer.Ordinal))}, or define it in Policies:HeaderMappings" : "Define it in Policies:HeaderMappings");
            }

            if (treatment.RateLimit is { } limit && !_limits.ContainsKey(limit))
            {
                yield return Error("AG1243", file, policy, "There is no rate limit of this name", limit, _limits.Count > 0 ? $"Choose one of {string.Join(", ", _limits.Keys.Order(StringComparer.Ordinal))}, or define it in Policies:RateLimits" : "Define it in Policies:RateLimits");
            }
        }
    }

    private static PolicyError Error(string code, string file, string policy, string message, string value, string cure) =>
        new(code, file, 1, 1, $"{message} (policy {policy})", value, cure);
}
