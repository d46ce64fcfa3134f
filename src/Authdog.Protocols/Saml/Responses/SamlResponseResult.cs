using Authdog.Protocols.Saml.Errors;

namespace Authdog.Protocols.Saml.Responses;

/// <summary>What became of a response.</summary>
public abstract record SamlResponseResult
{
    private SamlResponseResult()
    {
    }

    /// <summary>It holds; whether it is used for the first time remains to be asked.</summary>
    public sealed record Verified(UnredeemedAssertion Assertion) : SamlResponseResult;

    /// <summary>It is refused.</summary>
    public sealed record Refused(SamlError Error) : SamlResponseResult;
}
