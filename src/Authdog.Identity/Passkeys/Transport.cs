namespace Authdog.Identity.Passkeys;

/// <summary>How a browser reaches an authenticator (WebAuthn Level 3, section 5.8.4).</summary>
internal static class Transport
{
    private static readonly string[] s_known = ["ble", "hybrid", "internal", "nfc", "smart-card", "usb"];

    /// <summary>Those of a browser's list that the standard knows, ordered.</summary>
    public static IReadOnlyList<string> Known(IEnumerable<string>? told) => [.. (told ?? []).Where(s_known.Contains).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Whether only a key that one carries is reached so.</summary>
    public static bool IsRoaming(IReadOnlyList<string> transports) => transports.Count > 0 && !transports.Contains("internal") && !transports.Contains("hybrid");
}
