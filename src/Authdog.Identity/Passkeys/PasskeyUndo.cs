using System.Globalization;
using Authdog.Identity.Notices;
using Authdog.Identity.Users;

namespace Authdog.Identity.Passkeys;

/// <summary>Removes a passkey whose owner says that somebody else added it.</summary>
internal sealed class PasskeyUndo(PasskeyDirectory passkeys) : ISecurityUndo
{
    private const string UndoKind = "passkey";

    public string Kind => UndoKind;

    /// <summary>What the owner is told of a new passkey.</summary>
    public static SecurityNotice Notice(Passkey passkey) => new("Notice.PasskeyAdded") { Undo = UndoKind, Subject = passkey.Id.ToString("D", CultureInfo.InvariantCulture) };

    public async Task<bool> UndoAsync(User user, string? subject, CancellationToken cancellationToken) =>
        Guid.TryParseExact(subject, "D", out var id)
        && await passkeys.RemoveAsync(user, id, cancellationToken);
}
