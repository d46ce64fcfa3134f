using System.Security.Cryptography;
using System.Text.Json;
using Authdog.Identity.Identifiers;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Authdog.Identity.Challenges;

/// <summary>A form that meets a challenge travels sealed in the challenge's page and goes on once that is solved: nobody types anything twice, and no password stands in a page.</summary>
internal sealed class KeptForms(ChallengeSeal seal, IDataProtectionProvider protection, IOptions<ChallengeOptions> options, TimeProvider time)
{
    // As a sealed text it has to fit into one field of the next form.
    private const int MaxLength = 16 * 1024;
    private readonly IDataProtector _protector = protection.CreateProtector("Authdog.KeptForm.v1");

    /// <summary>The posted form as an opaque text; null when it is too long to be kept.</summary>
    public string? Seal(HttpContext context, TenantId tenant, ChallengeDemand demand)
    {
        KeptForm kept = new(
            tenant.Value,
            context.Request.Path.Value!,
            seal.ClientOf(context, tenant),
            demand,
            context.Request.Form.ToDictionary(field => field.Key, field => field.Value.Where(value => value is not null).Select(value => value!).ToArray(), StringComparer.Ordinal),
            time.GetUtcNow() + options.Value.Lifetime);
        var json = JsonSerializer.SerializeToUtf8Bytes(kept);
        return json.Length <= MaxLength ? Convert.ToBase64String(_protector.Protect(json)) : null;
    }

    /// <summary>The form, for the client that sent it and where it was sent; null when it is none, or too old.</summary>
    public (IFormCollection Form, ChallengeDemand Demand)? Open(HttpContext context, TenantId tenant, string? text)
    {
        if (text is not { Length: > 0 and < 2 * MaxLength })
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<KeptForm>(_protector.Unprotect(Convert.FromBase64String(text))) is { } kept
                && kept.Tenant == tenant.Value
                && kept.Path == context.Request.Path.Value
                && time.GetUtcNow() < kept.ExpiresAt
                && seal.IsClient(context, tenant, kept.Client)
                    ? (new FormCollection(kept.Fields.ToDictionary(field => field.Key, field => new StringValues(field.Value), StringComparer.OrdinalIgnoreCase)), kept.Demand)
                    : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
