using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Authdog.Identity.Keys;

internal sealed class ProtectedXmlEncryptor(SecretProtector protector) : IXmlEncryptor
{
    internal const string Purpose = "data protection";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var envelope = protector.Protect(Purpose, Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting)));
        return new EncryptedXmlInfo(new XElement("protected", Convert.ToBase64String(envelope)), typeof(ProtectedXmlDecryptor));
    }
}
