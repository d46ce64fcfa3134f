using Authdog.Protocols.Saml.Encryption;
using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Xml;

namespace Authdog.Protocols.Saml.Responses;

/// <summary>The subject of an assertion and its confirmation (SAML core, section 2.4; profiles, section 4.1.4.2).</summary>
internal static class SubjectReader
{
    private const string Bearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
    private const int MaxConfirmations = 8;

    /// <summary>The subject, or <see langword="null"/> and why not.</summary>
    public static ConfirmedSubject? Read(SignedContent content, StrictXmlReader reader, ResponseContext context, out SamlError? error)
    {
        if (content.Assertion.One(XmlNames.Assertion, "Subject") is not { } subject)
        {
            error = new(SamlErrorCode.SubjectMissing, "The assertion has no Subject.");
            return null;
        }

        var nameId = NameIdReader.Read(subject, context.ServiceProvider.DecryptionKeys, reader, out error);
        if (nameId is null)
        {
            return null;
        }

        // One confirmation that holds is enough; of several that do not, the first says why.
        Element[] bearers = [.. subject.All(XmlNames.Assertion, "SubjectConfirmation").Where(confirmation => confirmation.Attribute("Method") == Bearer).Take(MaxConfirmations)];
        error = bearers.Length == 0 ? new(SamlErrorCode.SubjectMissing, "The subject has no bearer confirmation.") : null;
        foreach (var bearer in bearers)
        {
            if (Check(bearer, content, context, out var notOnOrAfter) is not { } wrong)
            {
                error = null;
                return new(nameId, notOnOrAfter);
            }

            error ??= wrong;
        }

        return null;
    }

    private static SamlError? Check(Element confirmation, SignedContent content, ResponseContext context, out DateTimeOffset notOnOrAfter)
    {
        notOnOrAfter = default;
        if (confirmation.One(XmlNames.Assertion, "SubjectConfirmationData") is not { } data)
        {
            return new(SamlErrorCode.SubjectMissing, "The subject's confirmation has no SubjectConfirmationData.");
        }

        if (data.Attribute("Recipient") != context.ServiceProvider.AssertionConsumerService)
        {
            return new(SamlErrorCode.WrongRecipient, $"The assertion is for the recipient {SamlError.Quote(data.Attribute("Recipient"))}; this connection's reply address (ACS URL) is {SamlError.Quote(context.ServiceProvider.AssertionConsumerService)}.");
        }

        if (context.CheckPeriod(data, out var end) is { } period)
        {
            return period;
        }

        if (end is not { } bounded)
        {
            return new(SamlErrorCode.TimeMissing, "SubjectConfirmationData has no NotOnOrAfter, so the assertion could be used for ever.");
        }

        notOnOrAfter = bounded;
        return CheckInResponseTo(data.Attribute("InResponseTo"), content, context);
    }

    // What is there has to fit, signed or not; that it fits has to be said under a signature at least once.
    private static SamlError? CheckInResponseTo(string? confirmed, SignedContent content, ResponseContext context)
    {
        var answered = content.Response.Attribute("InResponseTo");
        if (context.Outstanding is not { } outstanding)
        {
            return (confirmed ?? answered) is not null
                ? new(SamlErrorCode.WrongInResponseTo, "This answers a request that is not open in this browser: it took too long, was answered already, or began elsewhere. Begin the sign-in again.")
                : context.Rules.AllowUnsolicited ? null
                : new(SamlErrorCode.Unsolicited, "Nobody here asked for this sign-in. Sign-ins that begin at the identity provider are switched off for this connection.");
        }

        string?[] said = [confirmed, answered];
        var underSignature = content.IsResponseSigned ? confirmed ?? answered : confirmed;
        return underSignature is not null && said.All(value => value is null || value == outstanding.Id)
            ? null
            : new(SamlErrorCode.WrongInResponseTo, underSignature is null
                ? "The answer does not say which request it answers."
                : "This answers another request than the one that is open in this browser. Begin the sign-in again.");
    }
}
