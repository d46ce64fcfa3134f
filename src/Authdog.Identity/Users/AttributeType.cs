using System.Diagnostics.CodeAnalysis;

namespace Authdog.Identity.Users;

/// <summary>What values an attribute has.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "JSON's own words, as they stand in the configuration.")]
public enum AttributeType
{
    /// <summary>One line of text.</summary>
    String,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Yes or no.</summary>
    Boolean,

    /// <summary>Several texts.</summary>
    List,
}
