using Authdog.Identity.Users;

namespace Authdog.Identity.Notices;

/// <summary>Takes a sensitive change back, for whoever holds the link of its notice. Registered as a scoped service.</summary>
public interface ISecurityUndo
{
    /// <summary>Its name, as in <see cref="SecurityNotice.Undo"/>.</summary>
    string Kind { get; }

    /// <summary>Takes the change back; false when that is no longer possible.</summary>
    Task<bool> UndoAsync(User user, string? subject, CancellationToken cancellationToken);
}
