namespace Authdog.Gateway.Access.Resume;

/// <summary>This request carries out one that was kept.</summary>
/// <param name="User">For whom it was kept; null for whoever confirmed it.</param>
internal sealed record ResumedFeature(string? User);
