namespace Authdog.Policies.Language;

/// <summary>Reads <c>mode</c>, of a rule or a policy.</summary>
internal static class ModeReader
{
    /// <summary>The modes as files write them.</summary>
    public static IReadOnlyList<string> Modes { get; } = ["enforce", "shadow"];

    public static bool IsShadow(YamlMap map, ErrorList errors) =>
        map["mode"] is { } node && Expect.Value(node, "mode", errors) is { } mode && Expect.Word(mode, "mode", Modes, errors) && mode.Text == "shadow";
}
