using Authdog.Identity.Sessions;

namespace Authdog.Console.Api.Users;

/// <summary>A live session as the API shows it. The id is a hash: nobody signs in by it.</summary>
internal sealed record SessionResource
{
    public required string Id { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset AuthenticatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Authentication context class, such as <c>aal2</c>.</summary>
    public required string Acr { get; init; }

    /// <summary>Methods (RFC 8176).</summary>
    public required IReadOnlyList<string> Amr { get; init; }

    public required string? UserAgent { get; init; }

    public required string? RemoteAddress { get; init; }

    public static SessionResource Of(Session session) => new()
    {
        Id = session.Id.Value,
        CreatedAt = session.CreatedAt,
        AuthenticatedAt = session.AuthenticatedAt,
        ExpiresAt = session.AbsoluteExpiresAt,
        Acr = session.Acr,
        Amr = session.Amr,
        UserAgent = session.UserAgent,
        RemoteAddress = session.RemoteAddress,
    };
}
