using System.Diagnostics;

namespace Authdog.Identity.Tests.Redis;

/// <summary>Waits for something real, with a bound.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan? within = null)
    {
        var until = Stopwatch.StartNew();
        while (!await condition())
        {
            until.Elapsed.ShouldBeLessThan(within ?? TimeSpan.FromSeconds(10));
            await Task.Delay(5);
        }
    }
}
