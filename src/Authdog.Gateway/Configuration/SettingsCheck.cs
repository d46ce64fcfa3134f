using System.ComponentModel;
using System.Globalization;

namespace Authdog.Gateway.Configuration;

/// <summary>Holds settings against the schema and says every one that is unknown, of a later version, or of the wrong kind.</summary>
internal sealed class SettingsCheck(SettingsSchema schema)
{
    private readonly HashSet<string> _refused = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What is wrong, in the order of the settings. Nothing is said about what stands inside of something that is wrong already.</summary>
    public IEnumerable<Mistake> Check(IEnumerable<PlacedSetting> settings)
    {
        foreach (var setting in settings)
        {
            if (!IsInsideRefused(setting.Parts) && Judge(setting) is { } mistake)
            {
                _refused.Add(setting.Key);
                yield return mistake;
            }
        }
    }

    /// <summary>Whether a key was refused, itself or with what it stands in.</summary>
    public bool IsRefused(string key) => IsInsideRefused(key.Split(':'));

    private Mistake? Judge(PlacedSetting setting)
    {
        SettingShape shape = schema.Root;
        for (var depth = 0; depth < setting.Parts.Length; depth++)
        {
            var part = setting.Parts[depth];
            switch (shape)
            {
                case SettingShape.Section section when section.Settings.TryGetValue(part, out var inner):
                    shape = inner;
                    break;
                case SettingShape.Section section:
                    return Unknown(setting, depth, section);
                case SettingShape.Map map:
                    shape = map.Named?.Settings.GetValueOrDefault(part) ?? map.Item;
                    break;
                case SettingShape.List list when int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _):
                    shape = list.Item;
                    break;
                case SettingShape.Free:
                    return null;
                default:
                    return Wrong(setting, Prefix(setting, depth), shape);
            }
        }

        return Fits(setting, shape) ? null : Wrong(setting, setting.Key, shape);
    }

    private static bool Fits(PlacedSetting setting, SettingShape shape) => (shape, setting.Kind) switch
    {
        (SettingShape.Free, _) => true,
        (_, SettingKind.Value) when setting.Value is null => true,
        (SettingShape.Value value, SettingKind.Value) => Converts(value.Type, setting.Value!),
        (SettingShape.List { Item: SettingShape.Value { Type.IsEnum: true } item }, SettingKind.Value) => Converts(item.Type, setting.Value!),
        (SettingShape.List, SettingKind.List) => true,
        // The environment cannot say an empty list in any other way.
        (SettingShape.List or SettingShape.Map or SettingShape.Section, SettingKind.Value) => setting.Value!.Length == 0,
        (SettingShape.Map or SettingShape.Section, SettingKind.Object) => true,
        _ => false,
    };

    private static bool Converts(Type type, string text)
    {
        try
        {
            if (type.IsEnum)
            {
                return Enum.TryParse(type, text, ignoreCase: true, out _) && !int.TryParse(text, out _);
            }

            // YARP reads an HTTP version of one number, too.
            if (type == typeof(Version))
            {
                return Version.TryParse(text.Contains('.', StringComparison.Ordinal) ? text : $"{text}.0", out _);
            }

            return TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text) is not null;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or NotSupportedException or OverflowException or InvalidCastException)
        {
            return false;
        }
    }

    private Mistake Unknown(PlacedSetting setting, int depth, SettingShape.Section section)
    {
        var name = setting.Parts[depth];
        var key = Prefix(setting, depth + 1);
        if (depth == 0 && schema.Later.FirstOrDefault(later => later.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } later)
        {
            return new Mistake("AG1602", setting.Place, $"'{later}' is not available in this version.", "Remove it: it would do nothing.");
        }

        var names = section.Settings.Keys.Order(StringComparer.Ordinal).ToList();
        var cure = Spelling.Nearest(name, names) is { } nearest
            ? $"Did you mean '{(depth == 0 ? nearest : $"{Prefix(setting, depth)}:{nearest}")}'?"
            : $"Remove it, or use one of: {string.Join(", ", names)}.";
        return new Mistake("AG1601", setting.Place, $"'{key}' is not a setting.", cure);
    }

    private static Mistake Wrong(PlacedSetting setting, string key, SettingShape shape)
    {
        var said = setting.Kind switch
        {
            SettingKind.Object => "an object",
            SettingKind.List => "a list",
            _ => IsSecret(key) ? "this value" : $"'{setting.Value}'",
        };
        return new Mistake("AG1603", setting.Place, $"'{key}' cannot be {said}.", $"It takes {Expected(shape)}.");
    }

    // A connection string or a password in the wrong place must not end up in a log (B16).
    private static bool IsSecret(string key) =>
        key.EndsWith("Password", StringComparison.OrdinalIgnoreCase) || key.EndsWith("Key", StringComparison.OrdinalIgnoreCase)
        || key.EndsWith("ConnectionString", StringComparison.OrdinalIgnoreCase) || key.EndsWith("Secret", StringComparison.OrdinalIgnoreCase);

    private static string Expected(SettingShape shape) => shape switch
    {
        SettingShape.List => "a list: [ … ]",
        SettingShape.Map or SettingShape.Section => "an object: { … }",
        SettingShape.Value { Type: var type } when type == typeof(bool) => "true or false",
        SettingShape.Value { Type: var type } when type == typeof(TimeSpan) => "a duration as [days.]hours:minutes:seconds, such as 00:30:00",
        SettingShape.Value { Type: var type } when type == typeof(Uri) => "a URL",
        SettingShape.Value { Type.IsEnum: true } value => $"one of: {string.Join(", ", Enum.GetNames(value.Type))}",
        SettingShape.Value { Type: var type } when type == typeof(int) || type == typeof(long) => "a whole number",
        SettingShape.Value { Type: var type } when type == typeof(double) => "a number",
        _ => "a text: \"…\"",
    };

    private static string Prefix(PlacedSetting setting, int parts) => string.Join(':', setting.Parts.Take(parts));

    private bool IsInsideRefused(string[] parts)
    {
        for (var length = 1; length <= parts.Length; length++)
        {
            if (_refused.Contains(string.Join(':', parts.Take(length))))
            {
                return true;
            }
        }

        return false;
    }
}
