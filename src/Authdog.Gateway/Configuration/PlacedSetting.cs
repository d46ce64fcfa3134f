namespace Authdog.Gateway.Configuration;

/// <summary>A setting as some source says it.</summary>
/// <param name="Key">Full key with <c>:</c> between its parts.</param>
/// <param name="Value">Its text; null for JSON's <c>null</c> and for objects and lists, which only hold settings.</param>
/// <param name="Kind">What it is in its source.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record PlacedSetting(string Key, string? Value, SettingKind Kind, Place Place)
{
    /// <summary>The key's parts.</summary>
    public string[] Parts { get; } = Key.Split(':');
}
