using System.Runtime.CompilerServices;

namespace Authdog.Identity.Consents;

/// <summary>The documents of some options as people read them; files are read once.</summary>
internal sealed class Wordings
{
    // Tenants that have set nothing share the gateway's options, and with them the texts.
    private static readonly ConditionalWeakTable<ConsentOptions, Wordings> s_made = [];
    private readonly Wording[] _all;

    private Wordings(ConsentOptions options)
    {
        _all = [.. from document in options.Documents
                   orderby document.Value.Required ? 0 : 1
                   from text in document.Value.Texts
                   select new Wording(document.Key, document.Value.Version, document.Value.Required, text.Key, text.Value.Label, Text(text.Value))];
        RequiredVersions = _all.Where(wording => wording.Required).DistinctBy(wording => wording.Document).ToDictionary(wording => wording.Document, wording => wording.Version, StringComparer.Ordinal);
    }

    /// <summary>Whether there is anything to agree to.</summary>
    public bool Any => _all.Length > 0;

    /// <summary>Documents without which nobody signs in, with their versions.</summary>
    public IReadOnlyDictionary<string, string> RequiredVersions { get; }

    /// <summary>Those of some options.</summary>
    public static Wordings Of(ConsentOptions options) => s_made.GetValue(options, static options => new Wordings(options));

    /// <summary>All documents in a language; one that has no text in it in the first that it has, so that nobody is asked for what they are not shown.</summary>
    public IReadOnlyList<Wording> In(string language) =>
        [.. _all.GroupBy(static wording => wording.Document, StringComparer.Ordinal).Select(document => document.FirstOrDefault(wording => string.Equals(wording.Language, language, StringComparison.OrdinalIgnoreCase)) ?? document.First())];

    /// <summary>One document in a language; null when there is none.</summary>
    public Wording? Find(string? document, string language) => In(language).FirstOrDefault(wording => wording.Document == document);

    private static string? Text(ConsentText text) => (text.File is { } file ? File.ReadAllText(file) : text.Text)?.ReplaceLineEndings("\n").Trim();
}
