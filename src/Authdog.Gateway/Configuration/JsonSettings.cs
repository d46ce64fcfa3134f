using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Authdog.Gateway.Configuration;

/// <summary>Reads a JSON settings file as ASP.NET Core does (comments and trailing commas allowed, keys without case), and keeps where everything stands.</summary>
internal sealed class JsonSettings
{
    private static readonly JsonReaderOptions s_options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly string _name;
    private readonly byte[] _bytes;
    private readonly Dictionary<string, Place> _seen = new(StringComparer.OrdinalIgnoreCase);

    private JsonSettings(string name, byte[] bytes)
    {
        _name = name;
        _bytes = bytes;
    }

    /// <summary>Every object, list and value of the file, outer before inner.</summary>
    public List<PlacedSetting> Settings { get; } = [];

    /// <summary>What is wrong with the file as JSON.</summary>
    public List<Mistake> Mistakes { get; } = [];

    /// <summary>Reads a file. <paramref name="name"/> is how messages call it.</summary>
    public static JsonSettings Read(string path, string name)
    {
        try
        {
            return Parse(name, File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var unread = new JsonSettings(name, []);
            unread.Mistakes.Add(new Mistake("AG1607", new Place(name), $"The configuration file cannot be read: {exception.Message}", "Name an existing, readable file with --config."));
            return unread;
        }
    }

    /// <summary>Reads a file's bytes.</summary>
    public static JsonSettings Parse(string name, byte[] bytes)
    {
        var bom = Encoding.UTF8.Preamble;
        var settings = new JsonSettings(name, bytes.AsSpan().StartsWith(bom) ? bytes[bom.Length..] : bytes);
        try
        {
            var reader = new Utf8JsonReader(settings._bytes, s_options);
            reader.Read();
            settings.ReadRoot(ref reader);
        }
        catch (JsonException exception)
        {
            var place = new Place(name, (int)(exception.LineNumber ?? 0) + 1, (int)(exception.BytePositionInLine ?? 0) + 1);
            var what = exception.Message.Split(" LineNumber:", 2)[0];
            settings.Mistakes.Add(new Mistake("AG1604", place, $"This is not JSON: {what}", "Look at this place and just before it: often a comma, a quote or a brace is missing."));
        }

        return settings;
    }

    private void ReadRoot(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Mistakes.Add(new Mistake("AG1604", PlaceAt(reader.TokenStartIndex), "The file holds no JSON object.", "Begin with { and end with }, sections inside."));
            return;
        }

        ReadObject(ref reader, prefix: null);
        // Reads on to the end, so that anything after the last brace is a mistake.
        reader.Read();
    }

    private void ReadObject(ref Utf8JsonReader reader, string? prefix)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var place = PlaceAt(reader.TokenStartIndex);
            var name = reader.GetString()!;
            reader.Read();
            ReadValue(ref reader, prefix is null ? name : $"{prefix}:{name}", place);
        }
    }

    private void ReadList(ref Utf8JsonReader reader, string key)
    {
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            ReadValue(ref reader, string.Create(CultureInfo.InvariantCulture, $"{key}:{index}"), PlaceAt(reader.TokenStartIndex));
        }
    }

    private void ReadValue(ref Utf8JsonReader reader, string key, Place place)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                Settings.Add(new PlacedSetting(key, null, SettingKind.Object, place));
                ReadObject(ref reader, key);
                break;
            case JsonTokenType.StartArray:
                Settings.Add(new PlacedSetting(key, null, SettingKind.List, place));
                ReadList(ref reader, key);
                break;
            default:
                Add(new PlacedSetting(key, Text(ref reader), SettingKind.Value, place));
                break;
        }
    }

    private void Add(PlacedSetting setting)
    {
        if (_seen.TryAdd(setting.Key, setting.Place))
        {
            Settings.Add(setting);
            return;
        }

        Mistakes.Add(new Mistake("AG1605", setting.Place, $"'{setting.Key}' is said twice, first at {_seen[setting.Key]}.", "Keep one of the two."));
    }

    private static string? Text(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.True => "True",
        JsonTokenType.False => "False",
        JsonTokenType.Null => null,
        _ => Encoding.UTF8.GetString(reader.ValueSpan),
    };

    private Place PlaceAt(long index)
    {
        var before = _bytes.AsSpan(0, (int)index);
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return new Place(_name, before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
    }
}
