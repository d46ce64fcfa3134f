using System.Collections.Concurrent;
using System.Collections.Immutable;
using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Tenants;

/// <summary>A tenant as a node knows it: one version of its row, never changed. Whatever is derived from it is derived once.</summary>
public sealed class TenantRecord
{
    private readonly ConcurrentDictionary<Type, object> _derived = new();

    internal TenantRecord(Tenant tenant, IEnumerable<string> addresses)
    {
        Id = tenant.Id;
        Name = tenant.Name;
        State = tenant.State;
        SessionsEndedAt = tenant.SessionsEndedAt;
        Addresses = [.. addresses];
        Settings = tenant.Settings is { } json ? TenantSettings.Parse(json) : TenantSettings.None;
    }

    /// <summary>The id.</summary>
    public TenantId Id { get; }

    /// <summary>Name that people read.</summary>
    public string Name { get; }

    /// <summary>Where it is in its life.</summary>
    public TenantState State { get; }

    /// <summary>No session that began until then is one any more.</summary>
    public DateTimeOffset? SessionsEndedAt { get; }

    /// <summary>Hosts and path segments of its own, ordered.</summary>
    public ImmutableArray<string> Addresses { get; }

    /// <summary>What it has set for itself.</summary>
    public TenantSettings Settings { get; }

    /// <summary>The one <typeparamref name="T"/> of this version, made when it is asked for first.</summary>
    public T Once<TMaker, T>(TMaker maker, Func<TMaker, TenantRecord, T> make)
        where T : class =>
        _derived.TryGetValue(typeof(T), out var made) ? (T)made : (T)_derived.GetOrAdd(typeof(T), make(maker, this));
}
