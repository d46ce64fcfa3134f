using Authdog.Policies.Decisions;

namespace Authdog.Gateway.Commands.PolicyFiles;

/// <summary>What a change of outcome is to the person.</summary>
internal static class Changed
{
    /// <summary>The word for it; null when nothing changes.</summary>
    public static string? Word(AccessOutcome was, AccessOutcome becomes) => (was, becomes) switch
    {
        _ when was == becomes => null,
        (_, AccessOutcome.Allow) => "GAINS",
        (AccessOutcome.Allow, _) => "LOSES",
        _ => "CHANGES",
    };
}
