using Authdog.Identity.Identifiers;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Authdog.Identity.Storage;

internal sealed class TenantIdConverter() : ValueConverter<TenantId, string>(tenant => tenant.Value, text => TenantId.Parse(text));
