using Authdog.Identity.Notices;
using Authdog.Identity.Users;

namespace Authdog.Identity.Accounts.Deletion;

/// <summary>Keeps an account after all, for whoever holds the link of the notice.</summary>
internal sealed class DeletionUndo(Deletions deletions) : ISecurityUndo
{
    public const string Name = "deletion";

    public string Kind => Name;

    public Task<bool> UndoAsync(User user, string? subject, CancellationToken cancellationToken) => deletions.CancelAsync(user.UserId, cancellationToken);
}
