using System.Text.Json;
using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Users;

/// <summary>What a feature keeps about a person: for "download my data" and for erasure. Registered as a scoped service; a test fails while a table that has a user's id belongs to none.</summary>
public interface IPersonalRecords
{
    /// <summary>Name of the member in the downloaded document, such as <c>passkeys</c>.</summary>
    string Name { get; }

    /// <summary>The tables that this takes care of; empty for what is kept elsewhere.</summary>
    IReadOnlyCollection<Type> Entities { get; }

    /// <summary>Writes what is kept as one JSON value: everything but secrets.</summary>
    Task WriteAsync(UserId user, Utf8JsonWriter json, CancellationToken cancellationToken);

    /// <summary>Erases it; done twice, it does nothing the second time. What the database deletes with the user needs no code here.</summary>
    Task EraseAsync(UserId user, CancellationToken cancellationToken);
}
