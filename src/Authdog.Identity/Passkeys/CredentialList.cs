using System.Buffers.Text;
using System.Text.Json.Nodes;

namespace Authdog.Identity.Passkeys;

/// <summary>Lists of credentials in the options that Identity's handler makes.</summary>
internal static class CredentialList
{
    /// <summary>The options with a list that names these credentials only: those of another RP ID mean nothing to the browser and tell it of others.</summary>
    public static string Keep(string optionsJson, string list, IReadOnlyList<byte[]> credentials)
    {
        var options = JsonNode.Parse(optionsJson)!.AsObject();
        var kept = credentials.Select(id => Base64Url.EncodeToString(id)).ToHashSet(StringComparer.Ordinal);
        options[list] = new JsonArray([.. (options[list] as JsonArray ?? []).Where(item => kept.Contains((string)item!["id"]!)).Select(item => item!.DeepClone())]);
        return options.ToJsonString();
    }
}
