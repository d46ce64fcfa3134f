using System.Collections.Concurrent;
using System.Collections.Immutable;
using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Sso;

/// <summary>A connection as a node knows it: one version of its row, never changed. Whatever is derived from it is derived once and goes with it.</summary>
public sealed class ConnectionRecord
{
    /// <summary>What the qualified name of a social provider begins with.</summary>
    internal const string SocialPrefix = "social:";

    private readonly ConcurrentDictionary<Type, object> _derived = new();

    internal ConnectionRecord(Connection connection, IEnumerable<string> domains)
    {
        Tenant = connection.TenantId;
        Id = connection.Id;
        Slug = connection.Slug;
        Kind = connection.Kind;
        Name = connection.Name;
        Enabled = connection.Enabled;
        Enforced = connection.Enforced;
        JustInTime = connection.JustInTime;
        HasButton = connection.HasButton;
        Settings = connection.Settings;
        Mapping = ConnectionMapping.Parse(connection.Mapping);
        UpdatedAt = connection.UpdatedAt;
        Domains = [.. domains];
    }

    /// <summary>Its tenant.</summary>
    public TenantId Tenant { get; }

    /// <summary>Its id.</summary>
    public Guid Id { get; }

    /// <summary>Name in addresses, policies and commands.</summary>
    public string Slug { get; }

    /// <summary>Its name wherever connections and social providers stand side by side: sessions, policies, the audit record. No slug has a colon, so that no social provider is ever taken for a tenant's connection.</summary>
    public string QualifiedName => Kind is ConnectionKind.Social ? SocialPrefix + Slug : Slug;

    /// <summary>Its protocol.</summary>
    public ConnectionKind Kind { get; }

    /// <summary>What people call it.</summary>
    public string Name { get; }

    /// <summary>Whether anybody can sign in by it.</summary>
    public bool Enabled { get; }

    /// <summary>Whether people of its domains have to.</summary>
    public bool Enforced { get; }

    /// <summary>Whether unknown people become users.</summary>
    public bool JustInTime { get; }

    /// <summary>Whether the login page has a button for it.</summary>
    public bool HasButton { get; }

    /// <summary>What its protocol needs, as JSON.</summary>
    public string Settings { get; }

    /// <summary>Which claims become what.</summary>
    public ConnectionMapping Mapping { get; }

    /// <summary>When it was changed the last time.</summary>
    public DateTimeOffset UpdatedAt { get; }

    /// <summary>Verified domains whose people sign in by it, ordered.</summary>
    public ImmutableArray<string> Domains { get; }

    /// <summary>Key of its identities in the directory (<see cref="Users.UserLogin"/>).</summary>
    internal string LoginProvider => Kind is ConnectionKind.Social ? QualifiedName : $"connection:{Id:N}";

    /// <summary>The one <typeparamref name="T"/> of this version, made when it is asked for first.</summary>
    public T Once<TMaker, T>(TMaker maker, Func<TMaker, ConnectionRecord, T> make)
        where T : class =>
        _derived.TryGetValue(typeof(T), out var made) ? (T)made : (T)_derived.GetOrAdd(typeof(T), make(maker, this));
}
