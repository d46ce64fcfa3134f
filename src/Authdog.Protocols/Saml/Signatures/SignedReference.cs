namespace Authdog.Protocols.Saml.Signatures;

/// <summary>The one <c>Reference</c> of a signature.</summary>
/// <param name="Uri">What it names.</param>
/// <param name="InclusivePrefixes">Prefixes that its canonicalization treats inclusively.</param>
/// <param name="DigestMethod">Identifier of the digest.</param>
/// <param name="Digest">The digest.</param>
internal sealed record SignedReference(string Uri, IReadOnlyCollection<string> InclusivePrefixes, string DigestMethod, byte[] Digest);
