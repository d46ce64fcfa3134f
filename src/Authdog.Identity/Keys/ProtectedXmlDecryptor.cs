using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Keys;

/// <summary>Made by the data-protection system from its name in the stored element: keep name and constructor.</summary>
internal sealed class ProtectedXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var protector = services.GetRequiredService<SecretProtector>();
        return XElement.Parse(Encoding.UTF8.GetString(protector.Unprotect(ProtectedXmlEncryptor.Purpose, Convert.FromBase64String(encryptedElement.Value))));
    }
}
