namespace Authdog.Protocols.Saml.Bindings;

/// <summary>A message as a binding delivered it; nothing in it is verified.</summary>
/// <param name="Binding">How it came.</param>
/// <param name="Parameter">Which parameter carried it.</param>
/// <param name="Xml">Its bytes, decoded and inflated within the bounds.</param>
/// <param name="RelayState">What came along.</param>
/// <param name="QuerySignature">Signature of the query, with the redirect binding.</param>
public sealed record ReceivedMessage(SamlBinding Binding, SamlParameter Parameter, ReadOnlyMemory<byte> Xml, string? RelayState, QuerySignature? QuerySignature);
