using Authdog.Identity.Identifiers;
using Authdog.Identity.Notices;
using Authdog.Identity.Users;

namespace Authdog.Identity.Accounts.Address;

/// <summary>Moves an account back to the address that it had, for whoever still reads mail there.</summary>
internal sealed class AddressUndo(UserDirectory users) : ISecurityUndo
{
    public const string Name = "email";

    public string Kind => Name;

    public async Task<bool> UndoAsync(User user, string? subject, CancellationToken cancellationToken) =>
        EmailAddress.TryParse(subject, out var old) && await users.SetEmailAsync(user, old, cancellationToken);
}
