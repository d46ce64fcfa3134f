using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Authdog.Identity.Storage;

/// <summary>Instants in UTC: Npgsql refuses other offsets for <c>timestamptz</c>.</summary>
internal sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTimeOffset>(instant => instant.ToUniversalTime(), instant => instant);
