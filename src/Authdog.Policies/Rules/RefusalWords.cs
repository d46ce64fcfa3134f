namespace Authdog.Policies.Rules;

/// <summary>What a <c>deny</c> rule says to the person.</summary>
/// <param name="Message">Plain text.</param>
/// <param name="Link">A local path or an <c>https</c> URL.</param>
internal sealed record RefusalWords(string? Message, string? Link)
{
    /// <summary>Nothing.</summary>
    public static RefusalWords None { get; } = new(null, null);
}
