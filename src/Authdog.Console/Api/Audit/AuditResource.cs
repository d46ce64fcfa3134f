using System.Globalization;
using System.Text.Json.Serialization;
using Authdog.Identity.Audit;

namespace Authdog.Console.Api.Audit;

/// <summary>A security event: the same object that <c>audit list</c> writes (<see cref="AuditJson"/>), a test compares them. Members that are null are left out.</summary>
internal sealed record AuditResource
{
    public required string Tenant { get; init; }

    public required string Id { get; init; }

    /// <summary>UTC, to the microsecond.</summary>
    public required string At { get; init; }

    /// <summary>What happened, such as <c>SignInFailed</c>.</summary>
    public required string Event { get; init; }

    /// <summary>Whom it concerns.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? User { get; init; }

    /// <summary>Who did it, if another user.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? Actor { get; init; }

    /// <summary>What caused it: <c>web</c>, <c>command …</c>, <c>api-key …</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? Source { get; init; }

    /// <summary>The client's address, until it is erased.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? Address { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? Session { get; init; }

    /// <summary>Id of an access decision.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? Decision { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? Detail { get; init; }

    /// <summary>The chain's hash up to here, hexadecimal.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? Hash { get; init; }

    /// <summary>Place in the tenant's chain.</summary>
    public required long Sequence { get; init; }

    public static AuditResource Of(AuditEntry entry) => new()
    {
        Tenant = entry.TenantId.Value,
        Id = entry.Id.ToString("D"),
        At = entry.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        Event = entry.Kind.ToString(),
        User = entry.UserId?.ToString("D"),
        Actor = entry.ActorId?.ToString("D"),
        Source = entry.Source,
        Address = entry.Address,
        Session = entry.SessionId,
        Decision = entry.DecisionId,
        Detail = entry.Detail,
        Hash = entry.Hash is { } hash ? Convert.ToHexStringLower(hash) : null,
        Sequence = entry.Sequence ?? 0,
    };
}
