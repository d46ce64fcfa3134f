namespace Authdog.Console.Api.Groups;

/// <summary>A group to be made.</summary>
internal sealed record GroupCreation
{
    /// <summary>1 to 128 printable characters without a comma.</summary>
    public required string Name { get; init; }
}
