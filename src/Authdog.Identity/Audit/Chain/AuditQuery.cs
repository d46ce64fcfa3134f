using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Audit.Chain;

/// <summary>Which events of a tenant somebody wants to see. Members that are absent leave everything.</summary>
public sealed record AuditQuery
{
    /// <summary>The most at once.</summary>
    public const int MaxLimit = 1000;

    /// <summary>Only those after this place (<c>sequence</c>); with <see cref="NewestFirst"/>, those before it.</summary>
    public long? Cursor { get; init; }

    /// <summary>How many at most.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>The other way round.</summary>
    public bool NewestFirst { get; init; }

    /// <summary>Whom they concern, or who did it.</summary>
    public UserId? User { get; init; }

    /// <summary>What happened: any of these; empty for all.</summary>
    public IReadOnlyList<AuditEventKind> Kinds { get; init; } = [];

    /// <summary>Not before.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Before.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The client's address.</summary>
    public string? Address { get; init; }

    /// <summary>The id of an access decision.</summary>
    public string? Decision { get; init; }
}
