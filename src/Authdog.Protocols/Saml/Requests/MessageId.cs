using System.Security.Cryptography;

namespace Authdog.Protocols.Saml.Requests;

/// <summary>Identifiers of messages: an XML name that nobody can guess (SAML core, section 1.3.4).</summary>
public static class MessageId
{
    /// <summary>A new one, with 160 random bits.</summary>
    public static string Next() => "_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
}
