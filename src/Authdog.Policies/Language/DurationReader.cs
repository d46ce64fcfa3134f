using Authdog.Policies.Criteria;

namespace Authdog.Policies.Language;

/// <summary>Reads a length of time.</summary>
internal static class DurationReader
{
    /// <summary><see langword="null"/> when it is none, which has then been reported.</summary>
    public static TimeSpan? Read(YamlNode node, string what, ErrorList errors) =>
        Expect.Value(node, what, errors) is { } text && ValueRules.IsDuration(text, errors) && Duration.TryParse(text.Text, out var duration) ? duration : null;
}
