using System.Collections.Immutable;
using Authdog.Identity.Sessions;

namespace Authdog.Identity.Login;

/// <summary>One login of one browser, kept on the server: what is required, who is signing in, what has been proved, where to return.</summary>
public sealed record LoginTransaction
{
    /// <summary>SHA-256 of the browser's binding cookie: another browser cannot go on with this login (B15).</summary>
    public required string Binding { get; init; }

    /// <summary>Return target; parsed before it was kept.</summary>
    public required string Return { get; init; }

    /// <summary>What the login has to give.</summary>
    public required LoginRequirement Requirement { get; init; }

    /// <summary>Address that the person typed, or the user's, in normal form; null until then.</summary>
    public string? Email { get; init; }

    /// <summary>The user: whoever the first proof named, or whose live session it was when the login began. Ask <see cref="LoginFlow.User"/> whether that still holds.</summary>
    public Guid? User { get; init; }

    /// <summary>The user's security stamp at the first proof: a new password ends what the old one began (B11).</summary>
    public string? Stamp { get; init; }

    /// <summary>What has been proved in this login, oldest first.</summary>
    public ImmutableArray<AuthenticationFactor> Proved { get; init; } = [];

    /// <summary>Whether a password that was proved in this login is in a list of leaked ones: others may know it too.</summary>
    public bool LeakedPassword { get; init; }

    /// <summary>Whether the person has confirmed, by a code in a mail, a sign-in that was unusual.</summary>
    public bool Confirmed { get; init; }

    /// <summary>Whether the person has chosen to set up a second step another time.</summary>
    public bool Postponed { get; init; }

    /// <summary>What was asked of another party and is not answered yet.</summary>
    public ExternalChallenge? Challenge { get; init; }

    /// <summary>An identity elsewhere, sealed, that becomes this account's once its owner has signed in to it (I4).</summary>
    public string? Linking { get; init; }

    /// <summary>Who wants to be known by an identity elsewhere; null in every login.</summary>
    public Attachment? Attach { get; init; }

    /// <summary>The same login with nothing in it that somebody did so far: what one account's owner has shown or confirmed must not count for the next account (I2).</summary>
    internal LoginTransaction Forgotten() => this with { User = null, Stamp = null, Proved = [], LeakedPassword = false, Confirmed = false, Postponed = false };
}
