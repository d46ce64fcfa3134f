using Authdog.Identity.Notices;
using Authdog.Identity.Users;

namespace Authdog.Identity.Mfa;

/// <summary>Removes an authenticator that its account's owner did not add.</summary>
internal sealed class AuthenticatorUndo(Authenticators authenticators) : ISecurityUndo
{
    internal const string Name = "authenticator";

    public string Kind => Name;

    public async Task<bool> UndoAsync(User user, string? subject, CancellationToken cancellationToken) =>
        Guid.TryParseExact(subject, "N", out var id) && await authenticators.RemoveAsync(user, id, cancellationToken);
}
