using System.Text.Json;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Consents;

/// <summary>The claim <c>consents</c>: an object with the version of each document that a person has agreed to and not taken back.</summary>
internal static class ConsentClaim
{
    public static SessionClaim Claim { get; } = new("consents", static row => row is StoredConsent consent ? new UserId(consent.UserId) : null, ReadAsync);

    private static async Task<JsonElement?> ReadAsync(DbContext context, UserId user, CancellationToken cancellationToken)
    {
        var answers = await context.Set<StoredConsent>().AsNoTracking().Where(consent => consent.UserId == user.Value).OrderBy(consent => consent.Id).ToListAsync(cancellationToken);
        SortedDictionary<string, string> given = new(StringComparer.Ordinal);
        foreach (var answer in answers)
        {
            // The newest answer counts.
            given.Remove(answer.Document);
            if (answer.Given)
            {
                given.Add(answer.Document, answer.Version);
            }
        }

        return given.Count > 0 ? JsonSerializer.SerializeToElement(given) : null;
    }
}
