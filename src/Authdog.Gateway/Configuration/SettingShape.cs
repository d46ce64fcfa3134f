using System.Collections.Frozen;

namespace Authdog.Gateway.Configuration;

/// <summary>What may stand at a place of the configuration: a closed set.</summary>
internal abstract record SettingShape
{
    private SettingShape()
    {
    }

    /// <summary>Named settings, no others.</summary>
    public sealed record Section(FrozenDictionary<string, SettingShape> Settings) : SettingShape
    {
        /// <summary>A section from pairs; names are without case.</summary>
        public static Section Of(IEnumerable<KeyValuePair<string, SettingShape>> settings) =>
            new(settings.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Anything of one shape under names that the operator chooses.</summary>
    /// <param name="Item">The shape of all but the named ones.</param>
    /// <param name="Named">Names that have a shape of their own.</param>
    public sealed record Map(SettingShape Item, Section? Named = null) : SettingShape;

    /// <summary>A list of one shape.</summary>
    public sealed record List(SettingShape Item) : SettingShape;

    /// <summary>One value that converts to a type.</summary>
    public sealed record Value(Type Type) : SettingShape;

    /// <summary>Anything: a schema that the framework owns and checks itself.</summary>
    public sealed record Free : SettingShape
    {
        /// <summary>The one instance.</summary>
        public static Free Instance { get; } = new();
    }
}
