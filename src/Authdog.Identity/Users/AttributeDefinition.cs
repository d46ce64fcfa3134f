namespace Authdog.Identity.Users;

/// <summary>One attribute that users have besides what all have.</summary>
public sealed class AttributeDefinition
{
    /// <summary>What values it has.</summary>
    public AttributeType Type { get; set; } = AttributeType.String;

    /// <summary>Whether the profile cannot be saved without it.</summary>
    public bool Required { get; set; }

    /// <summary>Whether users change it themselves; otherwise they only see it.</summary>
    public bool Editable { get; set; } = true;

    /// <summary>Whether policies see it as a claim of the session.</summary>
    public bool Claim { get; set; }

    /// <summary>Longest text, or longest item of a list.</summary>
    public int MaxLength { get; set; } = 200;

    /// <summary>The only texts that there are to choose from; empty: any.</summary>
    public IList<string> Choices { get; } = [];

    /// <summary>What it is called, by language; without one for a language, the attribute's own name.</summary>
    public IDictionary<string, string> Labels { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}
