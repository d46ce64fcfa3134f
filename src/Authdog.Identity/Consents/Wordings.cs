using Microsoft.Extensions.Options;

namespace Authdog.Identity.Consents;

/// <summary>The documents as they are now, read once.</summary>
internal sealed class Wordings
{
    private readonly Wording[] _all;

    public Wordings(IOptions<ConsentOptions> options)
    {
        _all = [.. from document in options.Value.Documents
                   orderby document.Value.Required ? 0 : 1
                   from text in document.Value.Texts
                   select new Wording(document.Key, document.Value.Version, document.Value.Required, text.Key, text.Value.Label, text.Value.File is { } file ? File.ReadAllText(file).ReplaceLineEndings("\n").Trim() : null)];
        RequiredVersions = _all.Where(wording => wording.Required).DistinctBy(wording => wording.Document).ToDictionary(wording => wording.Document, wording => wording.Version, StringComparer.Ordinal);
    }

    /// <summary>Documents without which nobody signs in, with their versions.</summary>
    public IReadOnlyDictionary<string, string> RequiredVersions { get; }

    /// <summary>All documents in a language.</summary>
    public IReadOnlyList<Wording> In(string language) => [.. _all.Where(wording => string.Equals(wording.Language, language, StringComparison.OrdinalIgnoreCase))];

    /// <summary>One document in a language; null when there is none.</summary>
    public Wording? Find(string? document, string language) => In(language).FirstOrDefault(wording => wording.Document == document);
}
