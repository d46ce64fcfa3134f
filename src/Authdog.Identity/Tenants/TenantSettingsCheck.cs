using System.ComponentModel;
using System.Reflection;
using System.Text.Json;

namespace Authdog.Identity.Tenants;

/// <summary>Says everything that is wrong with what a tenant wants to set: unknown names, names that are the gateway's alone, values of the wrong kind, and what the features' own validators refuse.</summary>
public sealed class TenantSettingsCheck
{
    private readonly TenantSection[] _sections;
    private readonly TenantSettingsRule[] _rules;

    internal TenantSettingsCheck(IEnumerable<TenantSection> sections, IEnumerable<TenantSettingsRule> rules) =>
        (_sections, _rules) = ([.. sections.OrderByDescending(section => section.Name.Length)], [.. rules]);

    /// <summary>All names that a tenant may set, in order.</summary>
    public IReadOnlyList<string> Names =>
        [.. _sections.SelectMany(section => section.Properties.Keys.Where(name => section.PerTenant(name) is not null).Select(name => $"{section.Name}:{name}")).Order(StringComparer.Ordinal)];

    /// <summary>Reads a document; the settings when it is right, and everything that is wrong with it otherwise.</summary>
    public (TenantSettings? Settings, IReadOnlyList<string> Mistakes) Read(string json)
    {
        TenantSettings settings;
        try
        {
            settings = TenantSettings.Parse(json);
        }
        catch (JsonException exception)
        {
            return (null, [$"AG3401 The tenant's settings cannot be read: {exception.Message} Write a JSON object such as {{\"SignUp\": {{\"Enabled\": false}}}}."]);
        }

        var mistakes = settings.Values.Select(Judge).OfType<string>().ToList();
        if (mistakes.Count == 0)
        {
            mistakes.AddRange(_sections.SelectMany(section => section.Judge(settings)));
        }

        if (mistakes.Count == 0)
        {
            mistakes.AddRange(_rules.SelectMany(rule => rule.Judge(settings)));
        }

        return mistakes.Count == 0 ? (settings, mistakes) : (null, mistakes);
    }

    /// <summary>The type of a name that a tenant may set and its spelling; null when there is none.</summary>
    public (string Name, Type Type)? Find(string key)
    {
        var section = _sections.FirstOrDefault(section => key.StartsWith(section.Name + ":", StringComparison.OrdinalIgnoreCase));
        var parts = section is null ? [] : key[(section.Name.Length + 1)..].Split(':');
        return section?.PerTenant(parts[0]) is { } property && TypeOf(property.PropertyType, parts.AsSpan(1)) is { } type
            ? (string.Join(':', [section.Name, property.Name, .. parts[1..]]), type)
            : null;
    }

    private string? Judge(KeyValuePair<string, string?> setting)
    {
        var section = _sections.FirstOrDefault(section => setting.Key.StartsWith(section.Name + ":", StringComparison.OrdinalIgnoreCase));
        var name = section is null ? setting.Key : setting.Key[(section.Name.Length + 1)..].Split(':')[0];
        if (section?.Properties.GetValueOrDefault(name) is null)
        {
            return $"AG3402 '{setting.Key}' is not a setting. A tenant may set: {string.Join(", ", Names)}.";
        }

        if (Find(setting.Key) is not { Type: var type })
        {
            return $"AG3403 {(section.PerTenant(name) is null ? $"{section.Name}:{section.Properties[name].Name}" : setting.Key)} is the gateway's alone. A tenant may set: {string.Join(", ", Names)}.";
        }

        return setting.Value is { } value && Fits(type, value)
            ? null
            : $"AG3404 {setting.Key} is {(setting.Value is null ? "null" : $"'{Shown(setting.Value)}'")}. Give {Expected(type)}, or leave it out to follow the gateway's own.";
    }

    private static string Shown(string value) => value.Length > 100 ? value[..100] + "…" : value;

    // Null for what only the operator may set.
    private static Type? TypeOf(Type type, ReadOnlySpan<string> inside)
    {
        foreach (var part in inside)
        {
            if (type.GetProperty(part, BindingFlags.IgnoreCase | BindingFlags.Public | BindingFlags.Instance)?.IsDefined(typeof(GatewayOnlyAttribute)) is true)
            {
                return null;
            }

            // Items of lists and dictionaries, and properties of what they hold; what converts to nothing is one level too many.
            type = type.IsGenericType ? type.GetGenericArguments()[^1]
                : type.Namespace?.StartsWith("System", StringComparison.Ordinal) != true && type.GetProperty(part, BindingFlags.IgnoreCase | BindingFlags.Public | BindingFlags.Instance) is { } property ? property.PropertyType
                : typeof(void);
        }

        return Nullable.GetUnderlyingType(type) ?? type;
    }

    private static bool Fits(Type type, string value)
    {
        if (type == typeof(void))
        {
            return false;
        }

        try
        {
            return type.IsEnum
                ? Enum.TryParse(type, value, ignoreCase: true, out _) && !int.TryParse(value, out _)
                : type.IsGenericType ? value.Length == 0 : TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value) is not null;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or NotSupportedException or OverflowException or InvalidCastException)
        {
            return false;
        }
    }

    private static string Expected(Type type) => type switch
    {
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ when type == typeof(TimeSpan) => "a duration as [days.]hours:minutes:seconds, such as 00:30:00",
        { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type))}",
        { IsGenericType: true } => "a list or an object",
        _ when type == typeof(void) => "a single value",
        _ => "a text",
    };
}
