using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Xml;

namespace Authdog.Protocols.Saml.Responses;

/// <summary>Reads and judges an assertion whose bytes are signed (SAML core, section 2; profiles, section 4.1.4.2).</summary>
internal static class AssertionReader
{
    private const int MaxIdLength = 256;

    /// <summary>The assertion, or <see langword="null"/> and why not.</summary>
    public static UnredeemedAssertion? Read(SignedContent content, StrictXmlReader reader, ResponseContext context, out SamlError? error)
    {
        var assertion = content.Assertion;

        // 1. Version, identifier, issue instant, issuer.
        if (assertion.Attribute("Version") != "2.0" || assertion.Attribute("ID") is not { Length: > 0 and <= MaxIdLength } id)
        {
            error = new(SamlErrorCode.WrongMessage, "The assertion is not of version 2.0, or has no usable ID.");
            return null;
        }

        error = context.CheckIssueInstant(assertion, out var issued)
            ?? (assertion.One(XmlNames.Assertion, "Issuer") is { } issuer ? context.CheckIssuer(issuer, "assertion") : new(SamlErrorCode.WrongIssuer, "The assertion has no Issuer."));
        if (error is not null)
        {
            return null;
        }

        // 2. Conditions: period, audience, nothing unknown.
        error = ConditionsCheck.Check(assertion, context, out var notOnOrAfter, out var isOneTimeUse);
        if (error is not null)
        {
            return null;
        }

        // 3. Subject: its name, and a bearer confirmation for this address, this request and this moment.
        var subject = SubjectReader.Read(content, reader, context, out error);
        if (subject is null)
        {
            return null;
        }

        // 4. When and how the person authenticated.
        var authentication = AuthnStatementReader.Read(assertion, context, out error);
        if (authentication is null)
        {
            return null;
        }

        // 5. Attributes.
        var attributes = AttributeReader.Read(assertion, out error);
        if (attributes is null)
        {
            return null;
        }

        // It is refused at the earliest of its ends; a clock may be behind by the skew.
        DateTimeOffset[] ends = [notOnOrAfter ?? DateTimeOffset.MaxValue, subject.NotOnOrAfter, issued + SamlResponseRules.MaxAge];
        return new(
            new(
                id,
                context.IdentityProvider.EntityId,
                subject.NameId,
                authentication.SessionIndex,
                authentication.AuthnInstant,
                authentication.SessionNotOnOrAfter,
                authentication.AuthnContextClassRef,
                attributes,
                context.Outstanding?.Id,
                content.IsEncrypted,
                isOneTimeUse,
                content.SignedBy),
            ends.Min() + context.Rules.ClockSkew);
    }
}
