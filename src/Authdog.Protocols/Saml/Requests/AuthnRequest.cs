using System.Xml.Linq;
using Authdog.Protocols.Saml.Bindings;
using Authdog.Protocols.Saml.Parties;

namespace Authdog.Protocols.Saml.Requests;

/// <summary>Asks an identity provider to authenticate the person at the browser (SAML core, section 3.4).</summary>
/// <remarks>Never passive: whoever comes here has to be signed in, and a refusal for want of a session would help nobody.</remarks>
public sealed record AuthnRequest
{
    /// <summary>Identifier: an underscore and at least 128 random bits, see <see cref="MessageId"/>.</summary>
    public required string Id { get; init; }

    /// <summary>When it is sent.</summary>
    public required DateTimeOffset IssueInstant { get; init; }

    /// <summary>Whether the person has to authenticate anew even with a session at the identity provider.</summary>
    public bool ForceAuthn { get; init; }

    /// <summary>Classes of authentication of which one is wanted, exactly; none when any will do.</summary>
    public IReadOnlyList<string> AuthnContextClassRefs { get; init; } = [];

    /// <summary>Wanted format of the name identifier; <see langword="null"/> leaves it to the identity provider.</summary>
    public string? NameIdFormat { get; init; }

    /// <summary>Whom the person said to be; a hint, which some identity providers read from the subject.</summary>
    public string? Subject { get; init; }

    /// <summary>What to remember until the answer comes.</summary>
    public OutstandingAuthnRequest Outstanding => new(Id, IssueInstant, ForceAuthn, AuthnContextClassRefs);

    /// <summary>Makes the redirect or form that carries it.</summary>
    /// <param name="serviceProvider">Who asks.</param>
    /// <param name="endpoint">Who is asked, from <see cref="SamlIdentityProvider.SingleSignOn"/>.</param>
    /// <param name="relayState">Opaque handle of at most 80 bytes.</param>
    /// <param name="isSigned">Whether to sign with the first signing key.</param>
    public OutgoingMessage Send(SamlServiceProvider serviceProvider, SamlEndpoint endpoint, string? relayState, bool isSigned)
    {
        RelayState.EnsureSendable(relayState);
        var key = isSigned ? serviceProvider.SigningKeys[0] : null;
        return MessageSender.Send(SamlParameter.SAMLRequest, Write(serviceProvider, endpoint.Location), endpoint.Binding, endpoint.Location, relayState, key);
    }

    private XElement Write(SamlServiceProvider serviceProvider, string destination)
    {
        var request = MessageElement.Create("AuthnRequest", Id, IssueInstant, destination, serviceProvider.EntityId);
        if (ForceAuthn)
        {
            request.SetAttributeValue("ForceAuthn", "true");
        }

        request.SetAttributeValue("ProtocolBinding", SamlBindingUris.Post);
        request.SetAttributeValue("AssertionConsumerServiceURL", serviceProvider.AssertionConsumerService);
        if (Subject is not null)
        {
            request.Add(new XElement(MessageElement.Assertion + "Subject", new XElement(MessageElement.Assertion + "NameID", Subject)));
        }

        request.Add(new XElement(MessageElement.Protocol + "NameIDPolicy", NameIdFormat is null ? null : new XAttribute("Format", NameIdFormat), new XAttribute("AllowCreate", "true")));
        if (AuthnContextClassRefs.Count > 0)
        {
            request.Add(new XElement(
                MessageElement.Protocol + "RequestedAuthnContext",
                new XAttribute("Comparison", "exact"),
                AuthnContextClassRefs.Select(reference => new XElement(MessageElement.Assertion + "AuthnContextClassRef", reference))));
        }

        return request;
    }
}
