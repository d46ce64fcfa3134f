namespace Authdog.Identity.Passwords;

/// <summary>A password to hash.</summary>
/// <param name="Run">Does it.</param>
/// <param name="Cancelled">Whoever asked has gone.</param>
internal sealed record HashingWork(Action Run, CancellationToken Cancelled);
