using Authdog.Protocols.Saml.Errors;

namespace Authdog.Protocols.Saml.Logout;

/// <summary>What became of a logout request.</summary>
public abstract record LogoutRequestResult
{
    private LogoutRequestResult()
    {
    }

    /// <summary>It holds.</summary>
    public sealed record Verified(VerifiedLogoutRequest Request) : LogoutRequestResult;

    /// <summary>It is refused.</summary>
    public sealed record Refused(SamlError Error) : LogoutRequestResult;
}
