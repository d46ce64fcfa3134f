using Authdog.Identity.Redis;
using Authdog.Identity.Users;
using Authdog.Protocols.Saml.Parties;

namespace Authdog.Identity.Sso.Saml;

/// <summary>Finds the user whom a logout of the identity provider names. Mostly the name identifier is the identity; where an attribute is, what was named at sign-in is remembered for as long as a session can last.</summary>
internal sealed class SamlNames(ExternalIdentities identities, RecordStore records)
{
    private const string Kind = "saml-name";
    private static readonly TimeSpan s_longestSession = TimeSpan.FromDays(30);

    /// <summary>Remembers what a person was named.</summary>
    public async Task RememberAsync(ConnectionRecord connection, SamlSettings settings, SamlArrival arrival, CancellationToken cancellationToken)
    {
        if (settings.SubjectAttribute is null || SamlSubject.Read(arrival.NameId) is not { } id)
        {
            return;
        }

        var key = Key(connection, id);
        await records.TakeAsync<Named>(connection.Tenant, Kind, key, cancellationToken);
        try
        {
            await records.CreateAsync(connection.Tenant, Kind, key, new Named(arrival.Subject), s_longestSession, cancellationToken);
        }
        catch (InvalidOperationException)
        {
            // Two sign-ins of the same person at once: either entry is right.
        }
    }

    /// <summary>The user; null when nobody is known by the name.</summary>
    public async Task<User?> FindAsync(ConnectionRecord connection, SamlParties parties, SamlNameId id, CancellationToken cancellationToken)
    {
        var (provider, issuer) = (connection.LoginProvider, parties.Provider!.EntityId);
        if (parties.Settings.SubjectAttribute is not null)
        {
            return await records.FindAsync<Named>(connection.Tenant, Kind, Key(connection, id), cancellationToken) is var (named, _)
                ? await identities.FindAsync(provider, issuer, named.Subject, cancellationToken)
                : null;
        }

        return await identities.FindAsync(provider, issuer, SamlPerson.SubjectOf(id, issuer, parties.Self.EntityId) ?? id.Value, cancellationToken)
            ?? await identities.FindAsync(provider, issuer, id.Value, cancellationToken);
    }

    private static string Key(ConnectionRecord connection, SamlNameId id) => $"{connection.Id:N}{id.Value}";

    private sealed record Named(string Subject);
}
