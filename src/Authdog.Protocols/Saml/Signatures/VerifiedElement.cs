using Authdog.Protocols.Saml.Keys;
using Authdog.Protocols.Saml.Xml;

namespace Authdog.Protocols.Saml.Signatures;

/// <summary>An element read from the very bytes that a pinned key signed. Only <see cref="XmlSignatureVerifier"/> makes one.</summary>
/// <param name="root">Read again from the canonical bytes; its signature is not part of it.</param>
/// <param name="certificate">Whose key verified it.</param>
internal sealed class VerifiedElement(Element root, PinnedCertificate certificate)
{
    public Element Root { get; } = root;

    public PinnedCertificate Certificate { get; } = certificate;
}
