using Authdog.Protocols.Saml.Bindings;
using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Parties;
using Authdog.Protocols.Saml.Requests;
using Authdog.Protocols.Saml.Xml;

namespace Authdog.Protocols.Saml.Responses;

/// <summary>Verifies responses of one connection by the web browser SSO profile (SAML profiles, section 4.1.4.3).</summary>
/// <param name="serviceProvider">This gateway as the connection knows it.</param>
/// <param name="identityProvider">The connection's identity provider.</param>
/// <param name="rules">What the connection demands.</param>
public sealed class SamlResponseVerifier(SamlServiceProvider serviceProvider, SamlIdentityProvider identityProvider, SamlResponseRules rules)
{
    /// <summary>Verifies a response.</summary>
    /// <param name="message">The message that came to the assertion consumer service.</param>
    /// <param name="outstanding">The request that this browser waits for, taken out of the store; <see langword="null"/> when there is none.</param>
    /// <param name="now">The time.</param>
    public SamlResponseResult Verify(ReceivedMessage message, OutstandingAuthnRequest? outstanding, DateTimeOffset now)
    {
        var context = new ResponseContext(serviceProvider, identityProvider, rules, outstanding, now);

        // 1. By the post binding only: in a query, a response would stand in logs and histories (profiles, section 4.1.2).
        if (message.Binding is not SamlBinding.HttpPost || message.Parameter is not SamlParameter.SAMLResponse)
        {
            return Refuse(new(SamlErrorCode.WrongBinding, "A response has to be posted in the field SAMLResponse. Set the identity provider to answer with HTTP-POST."));
        }

        // 2. Strict XML, and the shape of a successful response with one assertion.
        var reader = new StrictXmlReader(StrictXmlReader.MaxMessageBytes);
        if (!reader.TryRead(message.Xml.Span, out var root, out var error))
        {
            return Refuse(error);
        }

        if (ResponseShape.Check(root) is { } misshapen)
        {
            return Refuse(misshapen);
        }

        // 3. Signatures and decryption. From here on only signed bytes count; where the response itself is not signed, what
        //    it says can make the answer worse, never better.
        if (!ResponseSignatures.TryVerify(root, reader, context, out var content, out error))
        {
            return Refuse(error);
        }

        // 4. Destination, issuer and issue instant of the response.
        if (CheckResponse(content, context) is { } wrong)
        {
            return Refuse(wrong);
        }

        // 5. The assertion.
        return AssertionReader.Read(content, reader, context, out error) is { } assertion
            ? new SamlResponseResult.Verified(assertion)
            : Refuse(error!);
    }

    private static SamlError? CheckResponse(SignedContent content, ResponseContext context)
    {
        var (response, isSigned) = (content.Response, content.IsResponseSigned);

        // Bindings, section 3.5.5.2: a signed message names its destination, and the receiver compares.
        var destination = response.Attribute("Destination");
        if (destination != context.ServiceProvider.AssertionConsumerService && (destination is not null || isSigned))
        {
            return new(SamlErrorCode.WrongDestination, $"The response is meant for {SamlError.Quote(destination)}; it came to {SamlError.Quote(context.ServiceProvider.AssertionConsumerService)}. Compare the reply address (ACS URL) at the identity provider.");
        }

        if (response.One(XmlNames.Assertion, "Issuer") is { } issuer)
        {
            return context.CheckIssuer(issuer, "response") ?? context.CheckIssueInstant(response, out _);
        }

        // Profiles, section 4.1.4.2: a signed response has an issuer.
        return isSigned ? new(SamlErrorCode.WrongIssuer, "The signed response has no Issuer.") : context.CheckIssueInstant(response, out _);
    }

    private static SamlResponseResult.Refused Refuse(SamlError error) => new(error);
}
