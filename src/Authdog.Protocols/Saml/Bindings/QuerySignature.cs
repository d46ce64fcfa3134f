namespace Authdog.Protocols.Saml.Bindings;

/// <summary>The signature of the redirect binding, as received.</summary>
/// <param name="SignedText">The encoded parameters that it covers, byte for byte as they came, in the order of the standard.</param>
/// <param name="Algorithm">Value of <c>SigAlg</c>.</param>
/// <param name="Signature">Value of <c>Signature</c>, decoded.</param>
public sealed record QuerySignature(ReadOnlyMemory<byte> SignedText, string Algorithm, ReadOnlyMemory<byte> Signature);
