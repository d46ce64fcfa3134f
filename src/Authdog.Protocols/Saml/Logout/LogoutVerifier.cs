using System.Diagnostics.CodeAnalysis;
using Authdog.Protocols.Saml.Bindings;
using Authdog.Protocols.Saml.Encryption;
using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Parties;
using Authdog.Protocols.Saml.Xml;

namespace Authdog.Protocols.Saml.Logout;

/// <summary>Verifies logout messages of one connection (SAML profiles, section 4.4). Unsigned ones are refused: anybody could end anybody's session.</summary>
/// <param name="serviceProvider">This gateway as the connection knows it.</param>
/// <param name="identityProvider">The connection's identity provider.</param>
/// <param name="clockSkew">How far the two clocks may differ.</param>
public sealed class LogoutVerifier(SamlServiceProvider serviceProvider, SamlIdentityProvider identityProvider, TimeSpan clockSkew)
{
    private const int MaxSessionIndexes = 100;

    /// <summary>Age at which a message is refused whatever it says about itself.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);

    /// <summary>Verifies a request of the identity provider.</summary>
    public LogoutRequestResult VerifyRequest(ReceivedMessage message, DateTimeOffset now)
    {
        if (!TryVerify(message, SamlParameter.SAMLRequest, "LogoutRequest", now, out var root, out var error))
        {
            return new LogoutRequestResult.Refused(error);
        }

        if (root.Attribute("NotOnOrAfter") is { } text && (SamlInstant.Parse(text) is not { } end || now - clockSkew >= end))
        {
            return new LogoutRequestResult.Refused(new(SamlErrorCode.Expired, "The LogoutRequest has expired. Compare the clocks."));
        }

        var nameId = NameIdReader.Read(root, serviceProvider.DecryptionKeys, new StrictXmlReader(StrictXmlReader.MaxMessageBytes), out error);
        if (nameId is null)
        {
            return new LogoutRequestResult.Refused(error!);
        }

        string[] indexes = [.. root.All(XmlNames.Protocol, "SessionIndex").Select(index => index.Content).Take(MaxSessionIndexes + 1)];
        return indexes.Length > MaxSessionIndexes
            ? new LogoutRequestResult.Refused(new(SamlErrorCode.WrongMessage, $"The LogoutRequest names more than {MaxSessionIndexes} sessions."))
            : new LogoutRequestResult.Verified(new(root.Attribute("ID")!, nameId, indexes));
    }

    /// <summary>Verifies the answer to a request of ours.</summary>
    /// <param name="message">The message.</param>
    /// <param name="outstandingId">Identifier of the request that this browser waits for the answer of.</param>
    /// <param name="now">The time.</param>
    public LogoutResponseResult VerifyResponse(ReceivedMessage message, string outstandingId, DateTimeOffset now)
    {
        if (!TryVerify(message, SamlParameter.SAMLResponse, "LogoutResponse", now, out var root, out var error))
        {
            return new LogoutResponseResult.Refused(error);
        }

        if (root.Attribute("InResponseTo") != outstandingId)
        {
            return new LogoutResponseResult.Refused(new(SamlErrorCode.WrongInResponseTo, "The LogoutResponse answers another request than the one that is open in this browser."));
        }

        var code = root.One(XmlNames.Protocol, "Status")?.One(XmlNames.Protocol, "StatusCode");
        return new LogoutResponseResult.Verified(LogoutStatus.Read(code?.Attribute("Value"), code?.One(XmlNames.Protocol, "StatusCode")?.Attribute("Value")));
    }

    private bool TryVerify(ReceivedMessage message, SamlParameter parameter, string name, DateTimeOffset now, [NotNullWhen(true)] out Element? root, [NotNullWhen(false)] out SamlError? error)
    {
        root = null;

        // 1. The parameter that such a message travels in, and its signature. From here on only signed bytes count.
        if (message.Parameter != parameter)
        {
            error = new(SamlErrorCode.WrongBinding, $"A {name} has to travel in the parameter {parameter}.");
            return false;
        }

        if (!MessageSignatureVerifier.TryVerify(message, identityProvider.SigningCertificates, out var verified, out error))
        {
            return false;
        }

        // 2. The message, its issuer and its destination.
        error = Check(verified.Root, name, now);
        root = verified.Root;
        return error is null;
    }

    private SamlError? Check(Element root, string name, DateTimeOffset now)
    {
        if (!root.Is(XmlNames.Protocol, name) || root.Attribute("Version") != "2.0" || root.Attribute("ID") is not { Length: > 0 and <= 256 })
        {
            return new(SamlErrorCode.WrongMessage, $"This is {SamlError.Quote(root.LocalName)}, not a SAML 2.0 {name} with an ID.");
        }

        var issuer = root.One(XmlNames.Assertion, "Issuer")?.Content;
        if (issuer != identityProvider.EntityId)
        {
            return new(SamlErrorCode.WrongIssuer, $"The {name} was issued by {SamlError.Quote(issuer)}; this connection is for {SamlError.Quote(identityProvider.EntityId)}.");
        }

        // Bindings, sections 3.4.5.2 and 3.5.5.2: a signed message names its destination.
        if (root.Attribute("Destination") is var destination && (destination is null || destination != serviceProvider.SingleLogoutService))
        {
            return new(SamlErrorCode.WrongDestination, $"The {name} is meant for {SamlError.Quote(destination)}; it came to {SamlError.Quote(serviceProvider.SingleLogoutService)}.");
        }

        // 3. Its time.
        return SamlInstant.Parse(root.Attribute("IssueInstant")) is { } issued && now + clockSkew >= issued && now - clockSkew - MaxAge < issued
            ? null
            : new(SamlErrorCode.Expired, $"The {name} was not issued within the last {MaxAge.TotalMinutes:0} minutes. Compare the clocks.");
    }
}
