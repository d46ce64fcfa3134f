namespace Authdog.Policies.Decisions;

/// <summary>The order of the authentication context classes: <c>aal1</c> below <c>aal2</c> (NIST SP 800-63B).</summary>
public static class AssuranceLevel
{
    private static readonly string[] Ascending = ["aal1", "aal2"];

    /// <summary>The known classes, weakest first.</summary>
    public static IReadOnlyList<string> All => Ascending;

    /// <summary>Whether <paramref name="acr"/> is <paramref name="wanted"/> or stronger. An unknown class is weaker than any.</summary>
    public static bool IsAtLeast(string acr, string wanted)
    {
        var rank = Array.IndexOf(Ascending, wanted);
        return rank >= 0 && Array.IndexOf(Ascending, acr) >= rank;
    }
}
