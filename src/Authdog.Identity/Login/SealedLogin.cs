using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Authdog.Identity.Identifiers;
using Microsoft.AspNetCore.DataProtection;

namespace Authdog.Identity.Login;

/// <summary>A login of which nothing is known yet but where it leads and what it has to give travels sealed in its own page instead of lying in the store.</summary>
/// <remarks>Measured: while every look at the login page wrote a record, half a million looks pushed live sessions out of the embedded store (B18).</remarks>
internal sealed class SealedLogin(IDataProtectionProvider protection)
{
    private const int MaxLength = 6144;

    // A return target of 2048 characters has many '&' and '+': written as they are, they stay within the length.
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Authdog.Login.v3").ToTimeLimitedDataProtector();

    /// <summary>The transaction as an opaque text that is good for a while.</summary>
    public string Seal(LoginTransaction transaction, TenantId tenant, TimeSpan lifetime) =>
        _protector.Protect(JsonSerializer.Serialize(new Begun(tenant.Value, transaction.Binding, transaction.Return, transaction.Requirement), s_json), lifetime);

    /// <summary>The transaction of such a text; null when it is none, changed, too old or another tenant's (I10).</summary>
    public LoginTransaction? Open(string text, TenantId tenant)
    {
        if (text.Length > MaxLength)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Begun>(_protector.Unprotect(text), s_json) is { } begun && begun.Tenant == tenant.Value
                ? new LoginTransaction { Binding = begun.Binding, Return = begun.Return, Requirement = begun.Requirement }
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private sealed record Begun(string Tenant, string Binding, string Return, LoginRequirement Requirement);
}
