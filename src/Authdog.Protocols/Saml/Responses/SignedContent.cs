using Authdog.Protocols.Saml.Keys;
using Authdog.Protocols.Saml.Xml;

namespace Authdog.Protocols.Saml.Responses;

/// <summary>What is read after the signatures: the assertion always from signed bytes, the response from signed bytes if it was signed.</summary>
/// <param name="Response">The response.</param>
/// <param name="IsResponseSigned">Whether the response was signed as a whole.</param>
/// <param name="Assertion">The assertion.</param>
/// <param name="IsEncrypted">Whether the assertion came encrypted.</param>
/// <param name="SignedBy">Whose key signed; of two signatures, the assertion's.</param>
internal sealed record SignedContent(Element Response, bool IsResponseSigned, Element Assertion, bool IsEncrypted, PinnedCertificate SignedBy);
