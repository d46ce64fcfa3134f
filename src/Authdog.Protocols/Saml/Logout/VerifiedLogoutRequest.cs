using Authdog.Protocols.Saml.Parties;

namespace Authdog.Protocols.Saml.Logout;

/// <summary>A logout request that the connection's identity provider signed. Only <see cref="LogoutVerifier"/> makes one.</summary>
public sealed class VerifiedLogoutRequest
{
    internal VerifiedLogoutRequest(string id, SamlNameId nameId, IReadOnlyList<string> sessionIndexes) =>
        (Id, NameId, SessionIndexes) = (id, nameId, sessionIndexes);

    /// <summary>Its identifier, for the answer.</summary>
    public string Id { get; }

    /// <summary>Whose sessions end.</summary>
    public SamlNameId NameId { get; }

    /// <summary>Which of that person's sessions end; all of them when it names none.</summary>
    public IReadOnlyList<string> SessionIndexes { get; }
}
