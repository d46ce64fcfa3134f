using System.Collections.Immutable;
using System.Text.Json;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Sessions;

/// <summary>What sessions say of a user beyond name, roles and groups: attributes of the tenant's schema, and what features add.</summary>
internal sealed class SessionClaims(OptionsOverlay<ProfileOptions> schemas, IEnumerable<SessionClaim> further)
{
    private readonly SessionClaim[] _further = [.. further];

    /// <summary>The user whose claims a row changes; null when it changes nobody's.</summary>
    public UserId? OwnerOf(object row) => _further.Select(claim => claim.OwnerOf(row)).FirstOrDefault(static owner => owner is not null);

    /// <summary>The claims as the directory has them now; what a feature says stands above an attribute of the same name.</summary>
    public async Task<ImmutableDictionary<string, JsonElement>> ReadAsync(DbContext context, User user, CancellationToken cancellationToken)
    {
        var tenant = await context.Set<Tenant>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == user.TenantId, cancellationToken);
        var claims = new UserAttributes(schemas.For(tenant is null ? null : new TenantRecord(tenant, []))).ClaimsOf(user);
        foreach (var claim in _further)
        {
            if (await claim.ReadAsync(context, user.UserId, cancellationToken) is { } value)
            {
                claims = claims.SetItem(claim.Name, value);
            }
        }

        return claims;
    }
}
