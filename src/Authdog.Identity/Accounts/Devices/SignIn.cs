using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;

namespace Authdog.Identity.Accounts.Devices;

/// <summary>One sign-in, or one try, as its owner sees it. Unlike the audit log it holds personal data, and so it ends: by age, and with the account.</summary>
public sealed class SignIn : ITenantOwned
{
    /// <summary>The tenant.</summary>
    public required TenantId TenantId { get; init; }

    /// <summary>Whose account.</summary>
    public required Guid UserId { get; init; }

    /// <summary>UUID version 7: ordered by time.</summary>
    public required Guid Id { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether a session began.</summary>
    public required bool Succeeded { get; init; }

    /// <summary>Methods in the words of RFC 8176, or the name of the method that failed.</summary>
    public string? Method { get; init; }

    /// <summary>Browser, as people call it.</summary>
    public string? Browser { get; init; }

    /// <summary>System, as people call it.</summary>
    public string? System { get; init; }

    /// <summary>Client address.</summary>
    public string? Address { get; init; }

    /// <summary>The session that began; null for a try.</summary>
    public string? SessionId { get; init; }
}
