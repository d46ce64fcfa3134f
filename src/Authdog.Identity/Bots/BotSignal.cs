namespace Authdog.Identity.Bots;

/// <summary>One thing about a request that speaks for a program, or against it.</summary>
/// <param name="Name">Its name in logs, explanations and the configuration.</param>
/// <param name="Weight">1 to 100: how surely it shows a program. Below 0: by how many percent it lowers what the others say.</param>
public readonly record struct BotSignal(string Name, int Weight);
