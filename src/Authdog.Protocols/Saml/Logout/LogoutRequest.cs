using System.Xml.Linq;
using Authdog.Protocols.Saml.Bindings;
using Authdog.Protocols.Saml.Parties;
using Authdog.Protocols.Saml.Xml;

namespace Authdog.Protocols.Saml.Logout;

/// <summary>Tells the identity provider that a person signed out here, so that it ends its own session and those elsewhere (SAML core, section 3.7).</summary>
public sealed record LogoutRequest
{
    /// <summary>Time within which it has to be acted upon.</summary>
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Identifier.</summary>
    public required string Id { get; init; }

    /// <summary>When it is sent.</summary>
    public required DateTimeOffset IssueInstant { get; init; }

    /// <summary>The person, exactly as the assertion named them.</summary>
    public required SamlNameId NameId { get; init; }

    /// <summary>The session at the identity provider, as the assertion named it.</summary>
    public string? SessionIndex { get; init; }

    /// <summary>Makes the signed redirect or form.</summary>
    /// <param name="serviceProvider">Who signs out; its first signing key signs.</param>
    /// <param name="endpoint">Where to, from <see cref="SamlIdentityProvider.SingleLogout"/>.</param>
    /// <param name="relayState">Opaque handle of at most 80 bytes.</param>
    public OutgoingMessage Send(SamlServiceProvider serviceProvider, SamlEndpoint endpoint, string? relayState)
    {
        RelayState.EnsureSendable(relayState);
        var request = MessageElement.Create("LogoutRequest", Id, IssueInstant, endpoint.Location, serviceProvider.EntityId);
        request.SetAttributeValue("NotOnOrAfter", SamlInstant.Format(IssueInstant + s_lifetime));
        request.SetAttributeValue("Reason", "urn:oasis:names:tc:SAML:2.0:logout:user");
        request.Add(new XElement(
            MessageElement.Assertion + "NameID",
            Attribute("NameQualifier", NameId.NameQualifier),
            Attribute("SPNameQualifier", NameId.SpNameQualifier),
            Attribute("Format", NameId.Format),
            NameId.Value));
        if (SessionIndex is not null)
        {
            request.Add(new XElement(MessageElement.Protocol + "SessionIndex", SessionIndex));
        }

        return MessageSender.Send(SamlParameter.SAMLRequest, request, endpoint.Binding, endpoint.Location, relayState, serviceProvider.SigningKeys[0]);
    }

    private static XAttribute? Attribute(string name, string? value) => value is null ? null : new XAttribute(name, value);
}
