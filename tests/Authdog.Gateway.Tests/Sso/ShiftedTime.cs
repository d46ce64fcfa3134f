namespace Authdog.Gateway.Tests.Sso;

/// <summary>The real time, moved as far as a test wants: what real servers sign with their own clocks is judged by it.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
}
