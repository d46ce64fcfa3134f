using System.Reflection;

namespace Authdog.Identity.Tenants;

/// <summary>A section of the configuration of which a tenant may set some properties for itself.</summary>
public abstract class TenantSection
{
    private protected TenantSection(string name, Type options)
    {
        Name = name;
        Properties = options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Path of the section, such as <c>Login:Brand</c>.</summary>
    internal string Name { get; }

    /// <summary>All properties by name, the global ones too.</summary>
    internal IReadOnlyDictionary<string, PropertyInfo> Properties { get; }

    /// <summary>The property if a tenant may set it.</summary>
    internal PropertyInfo? PerTenant(string name) =>
        Properties.GetValueOrDefault(name) is { } property && property.IsDefined(typeof(PerTenantAttribute)) ? property : null;

    /// <summary>What the feature's own validators say of the global options with these settings laid over them.</summary>
    internal abstract IEnumerable<string> Judge(TenantSettings settings);
}
