using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Notices;

/// <summary>What a person is told by mail after a sensitive change, with a link "this wasn't me".</summary>
/// <param name="What">Key of the sentence that says what was changed, such as <c>Notice.PasswordChanged</c>. The sentence has no values: names that somebody typed do not go into mail (I13).</param>
public sealed record SecurityNotice(string What)
{
    /// <summary>Kind of the <see cref="ISecurityUndo"/> that the link runs first; null when there is nothing to take back.</summary>
    public string? Undo { get; init; }

    /// <summary>What the undo needs to know, at most 480 characters.</summary>
    public string? Subject { get; init; }

    /// <summary>Where it goes, when that is not the user's address: the address that was theirs before.</summary>
    public EmailAddress? To { get; init; }
}
