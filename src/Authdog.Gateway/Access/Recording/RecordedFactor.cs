namespace Authdog.Gateway.Access.Recording;

/// <summary>One proof that a session rests on.</summary>
internal sealed record RecordedFactor(string[] Amr, DateTimeOffset At, bool? IsSynced, Guid? Aaguid);
