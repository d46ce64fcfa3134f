namespace Authdog.Protocols.Saml.Xml;

/// <summary>What an element contains: elements and text, nothing else is left after strict reading.</summary>
internal abstract class Node;
