using System.Text.Json.Serialization;

namespace Authdog.Gateway.Access.Resume;

/// <summary>A form that a browser sent and that nobody has carried out yet, as plain data.</summary>
internal sealed record KeptRequest
{
    /// <summary>Its own id: a record that was moved to another key does not open.</summary>
    public required string Id { get; init; }

    /// <summary>Tenant of the host that it was sent to.</summary>
    public required string Tenant { get; init; }

    /// <summary>SHA-256 of the browser's binding cookie.</summary>
    public required string Browser { get; init; }

    /// <summary>Who sent it; null when nobody was signed in, and then it is for whoever signs in with this browser and confirms it.</summary>
    public string? User { get; init; }

    /// <summary>Whether it waited for a challenge and not for a sign-in: where nobody was signed in, nobody need be.</summary>
    public bool IsChallenged { get; init; }

    /// <summary>Whether it was kept before and was not carried out even so: what goes round once more waits for the person.</summary>
    public bool IsAgain { get; init; }

    /// <summary>Scheme of the request.</summary>
    public required string Scheme { get; init; }

    /// <summary>Host and port of the request.</summary>
    public required string Host { get; init; }

    /// <summary>Path and query, byte for byte.</summary>
    public required string Target { get; init; }

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>The headers that say what was sent and from where.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> Body { get; init; }
}
