namespace Authdog.Identity.Consents;

/// <summary>Something that people agree to: terms, a privacy notice, marketing.</summary>
public sealed class ConsentDocument
{
    /// <summary>Version of the text, such as <c>2026-11</c>. A new one asks again those who have to agree.</summary>
    public string Version { get; set; } = "1";

    /// <summary>Whether nobody signs up or in without it. What is not required is never asked for twice.</summary>
    public bool Required { get; set; }

    /// <summary>The texts by language; at least one for each language that the pages offer.</summary>
    public IDictionary<string, ConsentText> Texts { get; } = new Dictionary<string, ConsentText>(StringComparer.OrdinalIgnoreCase);
}
