using System.Xml.Linq;
using Authdog.Identity.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Keys;

/// <summary>Keeps the data-protection ring in the directory, so that all nodes read each other's cookies and forms.</summary>
internal sealed class DataProtectionKeyRepository(IDbContextFactory<DirectoryContext> contexts) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var context = contexts.CreateDbContext();
        return [.. context.Set<DataProtectionKey>().AsNoTracking().OrderBy(k => k.Id).AsEnumerable().Select(k => XElement.Parse(k.Xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var context = contexts.CreateDbContext();
        context.Add(new DataProtectionKey { Id = Guid.CreateVersion7(), FriendlyName = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        context.SaveChanges();
    }
}
