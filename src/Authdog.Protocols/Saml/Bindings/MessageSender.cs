using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using Authdog.Protocols.Saml.Keys;
using Authdog.Protocols.Saml.Signatures;

namespace Authdog.Protocols.Saml.Bindings;

/// <summary>Puts a message of this service provider into a binding.</summary>
internal static class MessageSender
{
    /// <summary>Encodes a message.</summary>
    /// <param name="parameter">Parameter that carries it.</param>
    /// <param name="message">The message, its <c>Issuer</c> first.</param>
    /// <param name="binding">Binding.</param>
    /// <param name="location">Endpoint of the identity provider; its own query parameters are kept.</param>
    /// <param name="relayState">What comes back with the answer, or goes back with it.</param>
    /// <param name="key">Key that signs; <see langword="null"/> leaves the message unsigned.</param>
    public static OutgoingMessage Send(SamlParameter parameter, XElement message, SamlBinding binding, string location, string? relayState, ServiceProviderKey? key)
    {
        return binding is SamlBinding.HttpRedirect
            ? new(binding, Redirect(parameter, message, location, relayState, key), [])
            : new(binding, location, Post(parameter, message, relayState, key));
    }

    private static List<KeyValuePair<string, string>> Post(SamlParameter parameter, XElement message, string? relayState, ServiceProviderKey? key)
    {
        if (key is not null)
        {
            XmlSigner.Sign(message, message.Elements().First(), key);
        }

        List<KeyValuePair<string, string>> fields = [new(parameter.ToString(), Convert.ToBase64String(Bytes(message)))];
        if (relayState is not null)
        {
            fields.Add(new("RelayState", relayState));
        }

        return fields;
    }

    // The signature covers the encoded text of exactly these parameters in this order (bindings, section 3.4.4.1).
    private static string Redirect(SamlParameter parameter, XElement message, string location, string? relayState, ServiceProviderKey? key)
    {
        using var deflated = new MemoryStream();
        using (var deflate = new DeflateStream(deflated, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(Bytes(message));
        }

        var query = new StringBuilder().Append(parameter).Append('=').Append(Uri.EscapeDataString(Convert.ToBase64String(deflated.ToArray())));
        if (relayState is not null)
        {
            query.Append("&RelayState=").Append(Uri.EscapeDataString(relayState));
        }

        if (key is not null)
        {
            query.Append("&SigAlg=").Append(Uri.EscapeDataString(key.Algorithm.Uri));
            var signature = key.Sign(Encoding.UTF8.GetBytes(query.ToString()));
            query.Append("&Signature=").Append(Uri.EscapeDataString(Convert.ToBase64String(signature)));
        }

        return $"{location}{(location.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}";
    }

    private static byte[] Bytes(XElement message) => Encoding.UTF8.GetBytes(message.ToString(SaveOptions.DisableFormatting));
}
