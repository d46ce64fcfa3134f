using System.Collections.Frozen;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;

namespace Authdog.Identity.Pages;

/// <summary>The pages' texts in one language, from <c>Texts.resx</c> and its translations.</summary>
public sealed partial class PageTexts
{
    private static readonly ResourceManager s_resources = new("Authdog.Identity.Pages.Texts", typeof(PageTexts).Assembly);
    private static readonly FrozenDictionary<string, PageTexts> s_byLanguage =
        Available.ToFrozenDictionary(language => language, language => new PageTexts(language), StringComparer.OrdinalIgnoreCase);

    private const int MaxOwnText = 500;

    private readonly CultureInfo _culture;
    private readonly IReadOnlyDictionary<string, string>? _own;

    private PageTexts(string language, IReadOnlyDictionary<string, string>? own = null)
    {
        _culture = CultureInfo.GetCultureInfo(language);
        _own = own;
    }

    /// <summary>Languages with complete texts.</summary>
    public static IReadOnlyList<string> Available => ["en", "de"];

    /// <summary>The language's tag, such as <c>de</c>.</summary>
    public string Language => _culture.Name;

    /// <summary>Culture for dates and numbers.</summary>
    public CultureInfo Culture => _culture;

    /// <summary>The language's own name, such as <c>Deutsch</c>.</summary>
    public string NativeName => this["Language.Name"];

    /// <summary>The text of a key.</summary>
    /// <exception cref="MissingManifestResourceException">There is none: a page names a key that no file has.</exception>
    public string this[string key] => _own?.GetValueOrDefault(key) ?? s_resources.GetString(key, _culture) ?? throw new MissingManifestResourceException($"No text '{key}'.");

    /// <summary>The text of a key; null when there is none.</summary>
    public string? Find(string key) => s_resources.GetString(key, _culture);

    /// <summary>An instant as people read it, in a time zone (IANA name); in UTC without one, or with one that this machine does not know.</summary>
    public string Instant(DateTimeOffset instant, string? timeZone)
    {
        var zone = timeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var found) ? found : TimeZoneInfo.Utc;
        var local = TimeZoneInfo.ConvertTime(instant, zone);
        var text = local.ToString("d MMM yyyy HH:mm", _culture);
        return local.Offset == TimeSpan.Zero ? text + " UTC" : text + local.ToString(" 'UTC'zzz", CultureInfo.InvariantCulture);
    }

    /// <summary>The text of a key with values in its placeholders.</summary>
    public string Format(string key, params object?[] values) => string.Format(_culture, this[key], values);

    /// <summary>Texts of a language that is <see cref="Available"/>; null for others.</summary>
    public static PageTexts? For(string? language) => language is not null && s_byLanguage.TryGetValue(language, out var texts) ? texts : null;

    /// <summary>The same with some texts in own words.</summary>
    internal PageTexts With(IReadOnlyDictionary<string, string>? own) => own is null or { Count: 0 } ? this : new PageTexts(Language, own);

    /// <summary>What is wrong with own words: each begins with the key that it is about.</summary>
    internal static IEnumerable<string> Problems(string language, IReadOnlyDictionary<string, string> own)
    {
        if (For(language) is not { } texts || !Available.Contains(language))
        {
            return [$" is a language without texts. Choose from {string.Join(", ", Available)}."];
        }

        return own.Select(pair => Problem(texts, pair.Key, pair.Value)).OfType<string>();
    }

    private static string? Problem(PageTexts texts, string key, string text)
    {
        if (s_resources.GetString(key, texts._culture) is not { } original)
        {
            return $":{key} is not a text. Take a key of Texts.resx, such as Login.Title.";
        }

        if (text is not { Length: > 0 and <= MaxOwnText } || text.Any(char.IsControl))
        {
            return $":{key} is empty, has control characters or is longer than {MaxOwnText} characters. Give a shorter line of text.";
        }

        return Placeholders(text).SetEquals(Placeholders(original)) ? null : $":{key} is '{text}'. Use the placeholders of '{original}', and double every other brace.";
    }

    private static HashSet<string> Placeholders(string text) =>
        [.. Braces().Matches(text.Replace("{{", string.Empty, StringComparison.Ordinal).Replace("}}", string.Empty, StringComparison.Ordinal)).Select(match => match.Value)];

    [GeneratedRegex(@"\{[^{}]*\}|[{}]")]
    private static partial Regex Braces();

    /// <summary>Every key and text of this language alone, without fallback; for the test of completeness.</summary>
    internal ResourceSet? ResourceSet() =>
        s_resources.GetResourceSet(_culture.Name == "en" ? CultureInfo.InvariantCulture : _culture, createIfNotExists: true, tryParents: false);
}
