namespace Authdog.Gateway.Configuration;

/// <summary>What a setting is in its source.</summary>
internal enum SettingKind
{
    /// <summary>A single value.</summary>
    Value,

    /// <summary>Something that holds further settings by name.</summary>
    Object,

    /// <summary>Something that holds further settings by position.</summary>
    List,
}
