using System.Buffers.Text;
using System.Security.Cryptography;
using Authdog.Identity.Redis;
using Authdog.Identity.Sessions;

namespace Authdog.Identity.Accounts;

/// <summary>Remembers which forms have changed a password: sent twice, a form says what is done, and no password is judged for that. To compare the new one with the current one instead would test a second password at each counted try (I2).</summary>
internal sealed class PasswordForms(RecordStore records)
{
    private const string Kind = "password-form";
    private const int IdLength = 22;
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(1);

    /// <summary>Id of a new form.</summary>
    public static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    /// <summary>The form's change is done.</summary>
    public async Task RememberAsync(Session session, string? id)
    {
        if (IsWellFormed(id))
        {
            await records.TryCreateAsync(session.Tenant, Kind, Key(session, id!), new Done(), s_lifetime, CancellationToken.None);
        }
    }

    /// <summary>Whether the form has changed this user's password.</summary>
    public async Task<bool> IsDoneAsync(Session session, string? id, CancellationToken cancellationToken) =>
        IsWellFormed(id) && await records.FindAsync<Done>(session.Tenant, Kind, Key(session, id!), cancellationToken) is not null;

    private static bool IsWellFormed(string? id) => id is { Length: IdLength } && Base64Url.IsValid(id);

    private static string Key(Session session, string id) => $"{session.User}\n{id}";

    private sealed record Done;
}
