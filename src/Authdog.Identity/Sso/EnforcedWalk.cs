using System.Security.Cryptography;
using System.Text;

namespace Authdog.Identity.Sso;

/// <summary>How far <see cref="EnforcedSessions"/> has come with the people of a connection.</summary>
internal sealed record EnforcedWalk
{
    /// <summary>Which walk: one that began later is not told how far another has come.</summary>
    public required Guid Run { get; init; }

    /// <summary>Hash of the domains whose people are walked: with others, everybody is walked anew.</summary>
    public required string Domains { get; init; }

    /// <summary>The domain that is being walked; those before it in order are done.</summary>
    public string Domain { get; init; } = string.Empty;

    /// <summary>The last person of that domain who is done.</summary>
    public Guid After { get; init; }

    /// <summary>Whether everybody is.</summary>
    public bool Done { get; init; }

    /// <summary>A walk from the beginning.</summary>
    public static EnforcedWalk Of(ConnectionRecord connection) => new() { Run = Guid.NewGuid(), Domains = Hash(connection) };

    /// <summary>Whether it is of the connection's domains as they are now.</summary>
    public bool IsOf(ConnectionRecord connection) => Domains == Hash(connection);

    private static string Hash(ConnectionRecord connection) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(' ', connection.Domains))));
}
