using System.Text.Json;
using Authdog.Policies.Decisions;

namespace Authdog.Gateway.Access.Recording;

/// <summary>Who asked.</summary>
internal sealed record RecordedSubject
{
    public required string User { get; init; }

    public required string Tenant { get; init; }

    public required string Email { get; init; }

    public required bool EmailVerified { get; init; }

    public required string[] Roles { get; init; }

    public string[] Groups { get; init; } = [];

    public string[] Permissions { get; init; } = [];

    public required string Acr { get; init; }

    public required string[] Amr { get; init; }

    public required DateTimeOffset AuthenticatedAt { get; init; }

    public RecordedFactor[] Factors { get; init; } = [];

    public DateTimeOffset? SessionCreatedAt { get; init; }

    public string? Connection { get; init; }

    public RiskLevel Risk { get; init; }

    public ClientKind ClientKind { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Claims { get; init; }
}
