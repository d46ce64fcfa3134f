using System.Collections;

namespace Authdog.Gateway.Configuration;

/// <summary>Settings of the process environment, the ASP.NET Core way: <c>Gateway__PublicUrl</c>, in any case.</summary>
internal static class EnvironmentSettings
{
    /// <summary>The variables that name something inside a section of this product, or would but for a slip of the pen; all others are none of its business.</summary>
    public static IReadOnlyList<PlacedSetting> Read(IDictionary variables, SettingsSchema schema)
    {
        var sections = schema.Root.Settings.Keys.Concat(schema.Later).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var settings = new List<PlacedSetting>();
        foreach (DictionaryEntry variable in variables)
        {
            var name = (string)variable.Key;
            var key = name.Replace("__", ":", StringComparison.Ordinal);
            if (key.Contains(':', StringComparison.Ordinal) ? sections.Contains(key.Split(':')[0]) || IsMisspelt(key.Split(':'), schema) : key.Equals("Urls", StringComparison.OrdinalIgnoreCase))
            {
                settings.Add(new PlacedSetting(key, (string?)variable.Value, SettingKind.Value, new Place($"environment variable {name}")));
            }
        }

        settings.Sort((left, right) => string.CompareOrdinal(left.Key, right.Key));
        return settings;
    }

    // Gatway__MasterKey: near one of the sections, and the rest fits in there.
    private static bool IsMisspelt(string[] parts, SettingsSchema schema) =>
        Spelling.Nearest(parts[0], schema.Root.Settings.Keys) is { } near
        && schema.Root.Settings[near] is SettingShape.Section section
        && section.Settings.ContainsKey(parts[1]);
}
