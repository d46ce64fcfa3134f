using Authdog.Identity.Consents;

namespace Authdog.Identity.SignUp;

/// <summary>Somebody who says they own an address and has not proved it yet. Nothing of it is in the directory (I4).</summary>
internal sealed record PendingSignUp
{
    /// <summary>The address.</summary>
    public required string Email { get; init; }

    /// <summary>Display name; null when none was given.</summary>
    public string? Name { get; init; }

    /// <summary>PHC string of the password that was typed at sign-up.</summary>
    public required string PasswordHash { get; init; }

    /// <summary>SHA-256 of the browser's binding cookie.</summary>
    public required string Binding { get; init; }

    /// <summary>SHA-256 of id and code.</summary>
    public required string CodeHash { get; init; }

    /// <summary>When the code stops working.</summary>
    public required DateTimeOffset CodeExpiresAt { get; init; }

    /// <summary>What was agreed to at sign-up; it counts only when the same browser verifies.</summary>
    public IReadOnlyList<ConsentAnswer> Consents { get; init; } = [];

    /// <summary>Return target.</summary>
    public required string Return { get; init; }

    /// <summary>Whether the address has an account already: this one looks the same and can never be finished (I1).</summary>
    public bool Taken { get; init; }
}
