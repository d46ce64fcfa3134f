using Authdog.Protocols.Saml.Keys;
using Authdog.Protocols.Saml.Parties;

namespace Authdog.Protocols.Saml.Responses;

/// <summary>An assertion that the connection's identity provider signed for this gateway, for now, for this request, and that is used for the first time.</summary>
/// <remarks>Only <see cref="UnredeemedAssertion"/> makes one, and only <see cref="SamlResponseVerifier"/> makes that.</remarks>
public sealed class VerifiedSamlAssertion
{
    internal VerifiedSamlAssertion(AssertionContent content) => Content = content;

    /// <summary>Its identifier.</summary>
    public string Id => Content.Id;

    /// <summary>The identity provider's entity id.</summary>
    public string Issuer => Content.Issuer;

    /// <summary>The person. Together with the connection it is the key of an account, unless it is transient.</summary>
    public SamlNameId NameId => Content.NameId;

    /// <summary>The session at the identity provider, for single logout; <see langword="null"/> when it gave none.</summary>
    public string? SessionIndex => Content.SessionIndex;

    /// <summary>When the person authenticated.</summary>
    public DateTimeOffset AuthnInstant => Content.AuthnInstant;

    /// <summary>When the session here has to end at the latest.</summary>
    public DateTimeOffset? SessionNotOnOrAfter => Content.SessionNotOnOrAfter;

    /// <summary>How the person authenticated.</summary>
    public string? AuthnContextClassRef => Content.AuthnContextClassRef;

    /// <summary>What else is said about the person, in order.</summary>
    public IReadOnlyList<SamlAttribute> Attributes => Content.Attributes;

    /// <summary>The request that this answers; <see langword="null"/> when the identity provider began.</summary>
    public string? InResponseTo => Content.InResponseTo;

    /// <summary>Whether it came encrypted.</summary>
    public bool IsEncrypted => Content.IsEncrypted;

    /// <summary>Whether it says that it must be used at once and never again; here every assertion is.</summary>
    public bool IsOneTimeUse => Content.IsOneTimeUse;

    /// <summary>The certificate whose key signed, to notice which ones are in use and which have expired.</summary>
    public PinnedCertificate SignedBy => Content.SignedBy;

    private AssertionContent Content { get; }

    /// <summary>All values of the attributes with a name, in order.</summary>
    public IEnumerable<string> Values(string name) => Attributes.Where(attribute => attribute.Name == name).SelectMany(attribute => attribute.Values);

    /// <summary>Nothing about the person.</summary>
    public override string ToString() => $"VerifiedSamlAssertion({Issuer})";
}
