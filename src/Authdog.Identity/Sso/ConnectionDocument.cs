using System.Text.Json.Nodes;

namespace Authdog.Identity.Sso;

/// <summary>The settings of a connection as administrators see them.</summary>
public static class ConnectionDocument
{
    private const string Kept = "(kept encrypted)";
    private static readonly string[] s_ends = ["Secret", "Key", "Keys"];

    /// <summary>The document, with words in place of every secret and key.</summary>
    public static JsonObject WithoutSecrets(ConnectionRecord connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var settings = JsonNode.Parse(connection.Settings)!.AsObject();
        foreach (var name in settings.Select(static pair => pair.Key).Where(IsSecret).ToList())
        {
            settings[name] = settings[name] is null ? null : Kept;
        }

        return settings;
    }

    private static bool IsSecret(string name) => s_ends.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase));
}
