namespace Authdog.Policies.Language;

/// <summary>A single value. Numbers, dates and booleans are the text that stands there: <c>NO</c> is a country.</summary>
internal sealed record YamlScalar(Place Place, string Text, bool IsPlain) : YamlNode(Place)
{
    public override string Kind => "a single value";

    /// <summary>Nothing stands there, or the null of YAML.</summary>
    public bool IsAbsent => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";
}
