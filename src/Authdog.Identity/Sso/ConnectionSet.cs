using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Authdog.Identity.Sso;

/// <summary>All connections of a tenant with its verified domains, as a node knows them.</summary>
public sealed class ConnectionSet
{
    private readonly FrozenDictionary<string, ConnectionRecord> _bySlug;
    private readonly FrozenDictionary<string, ConnectionRecord> _byDomain;
    private readonly FrozenSet<string> _domains;
    private readonly FrozenSet<string> _captured;
    private readonly FrozenDictionary<string, IReadOnlyList<string>> _joinable;

    internal ConnectionSet(IReadOnlyCollection<Connection> connections, IReadOnlyCollection<TenantDomain> verified)
    {
        All = [.. connections
            .Select(connection => new ConnectionRecord(connection, verified.Where(domain => domain.ConnectionId == connection.Id).Select(domain => domain.Domain).Order(StringComparer.Ordinal)))
            .OrderBy(connection => connection.Slug, StringComparer.Ordinal)];
        _bySlug = All.ToFrozenDictionary(connection => connection.Slug, StringComparer.Ordinal);
        _byDomain = All.SelectMany(connection => connection.Domains, (connection, domain) => KeyValuePair.Create(domain, connection)).ToFrozenDictionary(StringComparer.Ordinal);
        _domains = verified.Select(domain => domain.Domain).ToFrozenSet(StringComparer.Ordinal);
        _captured = verified.Where(domain => domain.Capture).Select(domain => domain.Domain).ToFrozenSet(StringComparer.Ordinal);
        _joinable = verified.Where(domain => domain.Join).ToFrozenDictionary(domain => domain.Domain, domain => domain.JoinRoles, StringComparer.Ordinal);
    }

    /// <summary>No connection and no domain.</summary>
    internal static ConnectionSet None { get; } = new([], []);

    /// <summary>All by slug, those that are switched off too.</summary>
    public ImmutableArray<ConnectionRecord> All { get; }

    /// <summary>The connection of a slug, switched on or off; null when there is none.</summary>
    public ConnectionRecord? Find(string slug) => _bySlug.GetValueOrDefault(slug);

    /// <summary>The connection that the people of a verified domain sign in by, switched on or off; null when there is none.</summary>
    public ConnectionRecord? FindByDomain(string domain) => _byDomain.GetValueOrDefault(domain);

    /// <summary>How many verified domains the tenant has.</summary>
    internal int DomainCount => _domains.Count;

    /// <summary>Whether the tenant has proved to own a domain.</summary>
    public bool Owns(string domain) => _domains.Contains(domain);

    /// <summary>Whether who wants to sign up with an address of a verified domain is led to its connection.</summary>
    public bool Captures(string domain) => _captured.Contains(domain);

    /// <summary>Whether people of any verified domain become users by themselves.</summary>
    internal bool IsJoinable => _joinable.Count > 0;

    /// <summary>Roles of who becomes a user by an address of a verified domain; null when nobody does.</summary>
    internal IReadOnlyList<string>? JoinRolesOf(string domain) => _joinable.GetValueOrDefault(domain);
}
