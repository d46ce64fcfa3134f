using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Xml;

namespace Authdog.Protocols.Saml.Responses;

/// <summary>What a response may consist of. Wrapping attacks need a second assertion or a signature in another place; neither passes here, whatever is signed.</summary>
internal static class ResponseShape
{
    private const string Success = "urn:oasis:names:tc:SAML:2.0:status:Success";

    /// <summary>Checks the message as received.</summary>
    public static SamlError? Check(Element root)
    {
        if (!root.Is(XmlNames.Protocol, "Response") || root.Attribute("Version") != "2.0" || root.Attribute("ID") is not { Length: > 0 })
        {
            return new(SamlErrorCode.WrongMessage, $"This is {SamlError.Quote(root.LocalName)}, not a SAML 2.0 Response with an ID.");
        }

        if (root.Elements.FirstOrDefault(child => !IsAllowed(child)) is { } unknown)
        {
            return new(SamlErrorCode.WrongMessage, $"A Response cannot contain {SamlError.Quote(unknown.LocalName)}.");
        }

        if (root.One(XmlNames.Protocol, "Status") is not { } status || root.Count(XmlNames.Assertion, "Issuer") > 1)
        {
            return new(SamlErrorCode.WrongMessage, "A Response has one Status and at most one Issuer.");
        }

        return CheckStatus(status) ?? CheckAssertions(root) ?? CheckSignatures(root);
    }

    /// <summary>Checks an assertion that was decrypted: nothing of the like inside, and one signature at most.</summary>
    public static bool IsAssertion(Element root) =>
        root.Is(XmlNames.Assertion, "Assertion") && !root.Descendants().Any(IsAnAssertion) && CheckSignatures(root) is null;

    private static SamlError? CheckStatus(Element status)
    {
        var code = status.One(XmlNames.Protocol, "StatusCode");
        if (code?.Attribute("Value") == Success)
        {
            return null;
        }

        var detail = code?.One(XmlNames.Protocol, "StatusCode")?.Attribute("Value");
        var message = status.One(XmlNames.Protocol, "StatusMessage")?.Content;
        string?[] words = [code?.Attribute("Value"), detail, message];
        var said = string.Join(", ", words.OfType<string>().Select(word => SamlError.Quote(word.Split(':')[^1].Trim())));
        return new(SamlErrorCode.StatusNotSuccess, $"The identity provider did not sign the person in. It answered: {(said.Length == 0 ? "no status" : said)}.");
    }

    // By local name, at any depth and in any namespace: what some other program could take for an assertion is counted.
    private static SamlError? CheckAssertions(Element root)
    {
        var count = root.Descendants().Count(IsAnAssertion);
        return count == 1 && (root.Count(XmlNames.Assertion, "Assertion") + root.Count(XmlNames.Assertion, "EncryptedAssertion")) == 1
            ? null
            : new(SamlErrorCode.AssertionCount, $"The Response contains {count} assertions; it has to contain exactly one, as its child.");
    }

    private static SamlError? CheckSignatures(Element root)
    {
        var allowed = root.All(XmlNames.Signature, "Signature").Concat(root.All(XmlNames.Assertion, "Assertion").SelectMany(assertion => assertion.All(XmlNames.Signature, "Signature"))).ToHashSet();
        return root.Descendants().Where(element => element.LocalName == "Signature").All(allowed.Contains)
            && root.Count(XmlNames.Signature, "Signature") <= 1
            && root.All(XmlNames.Assertion, "Assertion").All(assertion => assertion.Count(XmlNames.Signature, "Signature") <= 1)
            ? null
            : new(SamlErrorCode.SignatureShape, "There is a signature where none belongs: the Response and its Assertion may carry one each, as their child.");
    }

    private static bool IsAnAssertion(Element element) => element.LocalName is "Assertion" or "EncryptedAssertion";

    private static bool IsAllowed(Element child) => (child.Namespace, child.LocalName) is
        (XmlNames.Assertion, "Issuer" or "Assertion" or "EncryptedAssertion")
        or (XmlNames.Protocol, "Extensions" or "Status")
        or (XmlNames.Signature, "Signature");
}
