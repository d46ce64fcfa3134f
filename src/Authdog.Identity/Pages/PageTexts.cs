using System.Collections.Frozen;
using System.Globalization;
using System.Resources;

namespace Authdog.Identity.Pages;

/// <summary>The pages' texts in one language, from <c>Texts.resx</c> and its translations.</summary>
public sealed class PageTexts
{
    private static readonly ResourceManager s_resources = new("Authdog.Identity.Pages.Texts", typeof(PageTexts).Assembly);
    private static readonly FrozenDictionary<string, PageTexts> s_byLanguage =
        Available.ToFrozenDictionary(language => language, language => new PageTexts(language), StringComparer.OrdinalIgnoreCase);

    private readonly CultureInfo _culture;

    private PageTexts(string language) => _culture = CultureInfo.GetCultureInfo(language);

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
    public string this[string key] => s_resources.GetString(key, _culture) ?? throw new MissingManifestResourceException($"No text '{key}'.");

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

    /// <summary>Every key and text of this language alone, without fallback; for the test of completeness.</summary>
    internal ResourceSet? ResourceSet() =>
        s_resources.GetResourceSet(_culture.Name == "en" ? CultureInfo.InvariantCulture : _culture, createIfNotExists: true, tryParents: false);
}
