using Authdog.Protocols.Saml.Errors;

namespace Authdog.Protocols.Saml.Logout;

/// <summary>What became of a logout response.</summary>
public abstract record LogoutResponseResult
{
    private LogoutResponseResult()
    {
    }

    /// <summary>It holds.</summary>
    public sealed record Verified(LogoutOutcome Outcome) : LogoutResponseResult;

    /// <summary>It is refused.</summary>
    public sealed record Refused(SamlError Error) : LogoutResponseResult;
}
