using System.Text.Json;
using Authdog.Identity.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Sessions;

/// <summary>A claim that a feature adds to what sessions say of a user. Registered as a singleton; nothing here knows the feature.</summary>
/// <param name="Name">Its name; no attribute of a profile can have it (<c>ProfileOptions</c>).</param>
/// <param name="OwnerOf">The user whose claim a new or changed row of the directory changes, so that live sessions follow; null for other rows.</param>
/// <param name="ReadAsync">The value for a user of the context's tenant; null for no claim.</param>
internal sealed record SessionClaim(string Name, Func<object, UserId?> OwnerOf, Func<DbContext, UserId, CancellationToken, Task<JsonElement?>> ReadAsync);
