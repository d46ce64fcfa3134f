namespace Authdog.Gateway.Access.Recording;

/// <summary>A decision that waits to be written.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Weight">For how many like it it stands.</param>
/// <param name="Seen">The decision.</param>
internal readonly record struct QueuedDecision(string Id, double Weight, SeenRequest Seen);
