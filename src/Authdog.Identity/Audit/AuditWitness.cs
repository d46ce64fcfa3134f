using System.Net;
using System.Security.Cryptography;
using Authdog.Identity.Identifiers;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Audit;

/// <summary>Makes entries of events: adds when, from where and by what, and the digest that shows later whether the row is as it was.</summary>
internal sealed class AuditWitness(AuditKeys keys, AuditSource process, IHttpContextAccessor requests, TimeProvider time)
{
    private const int MaxDetail = 400;
    private const string Web = "web";

    private readonly OrderedGuids _ids = new();

    public AuditEntry Of(AuditEvent happened)
    {
        var now = time.GetUtcNow();
        var at = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
        var request = requests.HttpContext;

        // Of who is erased nothing new is kept.
        var address = happened.Kind is AuditEventKind.AccountErased ? null : Text(request?.Connection.RemoteIpAddress);
        var salt = address is null ? null : RandomNumberGenerator.GetBytes(AuditDigest.SaltLength);
        var entry = new AuditEntry
        {
            TenantId = happened.Tenant,
            Id = _ids.Next(at),
            At = at,
            Kind = happened.Kind,
            UserId = happened.User?.Value,
            ActorId = happened.Actor?.Value,
            Detail = Cut(happened.Detail, MaxDetail),
            Source = Cut(happened.By ?? (request is null ? process.Name : Web), AuditSource.MaxLength),
            SessionId = happened.Session,
            DecisionId = happened.Decision,
            Address = address,
            Salt = salt,
            AddressHash = address is null ? null : AuditDigest.OfAddress(salt, address),
        };
        entry.Digest = AuditDigest.Of(keys.Entries, entry);
        return entry;
    }

    // A zone is the machine's own affair, and may be as long as it likes.
    private static string? Text(IPAddress? address) => address switch
    {
        null => null,
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } => new IPAddress(address.GetAddressBytes()).ToString(),
        _ => address.ToString(),
    };

    // PostgreSQL has no NUL in a text, and neither do we.
    private static string? Cut(string? text, int length)
    {
        var clean = text?.Replace('\0', ' ');
        return clean is null || clean.Length <= length ? clean : char.IsHighSurrogate(clean[length - 1]) ? clean[..(length - 1)] : clean[..length];
    }
}
