using System.Xml.Linq;
using Authdog.Protocols.Saml.Bindings;
using Authdog.Protocols.Saml.Parties;

namespace Authdog.Protocols.Saml.Logout;

/// <summary>Answers a logout request of the identity provider (SAML core, section 3.7.2).</summary>
public sealed record LogoutResponse
{
    /// <summary>Identifier.</summary>
    public required string Id { get; init; }

    /// <summary>When it is sent.</summary>
    public required DateTimeOffset IssueInstant { get; init; }

    /// <summary>Identifier of the request.</summary>
    public required string InResponseTo { get; init; }

    /// <summary>How it ended here.</summary>
    public LogoutOutcome Outcome { get; init; } = LogoutOutcome.Success;

    /// <summary>Makes the signed redirect or form.</summary>
    /// <param name="serviceProvider">Who answers; its first signing key signs.</param>
    /// <param name="endpoint">Where to, from <see cref="SamlIdentityProvider.SingleLogout"/>.</param>
    /// <param name="relayState">What the request brought; it goes back as it came, whatever its length.</param>
    public OutgoingMessage Send(SamlServiceProvider serviceProvider, SamlEndpoint endpoint, string? relayState)
    {
        var location = endpoint.ResponseLocation ?? endpoint.Location;
        var response = MessageElement.Create("LogoutResponse", Id, IssueInstant, location, serviceProvider.EntityId);
        response.SetAttributeValue("InResponseTo", InResponseTo);
        response.Add(new XElement(MessageElement.Protocol + "Status", Outcome switch
        {
            LogoutOutcome.Success => Code(LogoutStatus.Success),
            LogoutOutcome.Partial => Code(LogoutStatus.Success, Code(LogoutStatus.PartialLogout)),
            _ => Code(LogoutStatus.Responder),
        }));
        return MessageSender.Send(SamlParameter.SAMLResponse, response, endpoint.Binding, location, relayState, serviceProvider.SigningKeys[0]);
    }

    private static XElement Code(string value, XElement? inner = null) => new(MessageElement.Protocol + "StatusCode", new XAttribute("Value", value), inner);
}
