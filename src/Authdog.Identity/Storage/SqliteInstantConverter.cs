using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Authdog.Identity.Storage;

/// <summary>Instants as microseconds since 1970 in an INTEGER: sorts and compares in SQL, with PostgreSQL's precision.</summary>
internal sealed class SqliteInstantConverter() : ValueConverter<DateTimeOffset, long>(
    instant => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
    microseconds => new DateTimeOffset((microseconds * TimeSpan.TicksPerMicrosecond) + DateTimeOffset.UnixEpoch.Ticks, TimeSpan.Zero));
