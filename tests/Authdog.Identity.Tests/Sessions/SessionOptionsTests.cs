using Authdog.Identity.Redis;
using Authdog.Identity.Sessions;

namespace Authdog.Identity.Tests.Sessions;

public sealed class SessionOptionsTests
{
    [Fact]
    public void EveryErrorIsNamed_WhenAllSessionSettingsAreWrong()
    {
        var options = new SessionOptions { AbsoluteLifetime = TimeSpan.Zero, IdleTimeout = TimeSpan.Zero, SnapshotLifetime = TimeSpan.FromSeconds(6), SnapshotCapacity = 0, MaximumPerUser = 0 };

        var failures = new SessionOptions.Validator().Validate(null, options).Failures!.ToList();

        failures.Select(f => f[..6]).ShouldBe(["AG3301", "AG3302", "AG3303", "AG3304", "AG3305"]);
        new SessionOptions.Validator().Validate(null, new SessionOptions()).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public void EmbeddedStoreIsWaitedForLonger_WhenNothingElseIsSaid()
    {
        new RedisOptions().LongestOperation.ShouldBe(TimeSpan.FromSeconds(5));
        new RedisOptions { ConnectionString = "redis:6379" }.LongestOperation.ShouldBe(TimeSpan.FromSeconds(1));
        new RedisOptions { OperationTimeout = TimeSpan.FromSeconds(2) }.LongestOperation.ShouldBe(TimeSpan.FromSeconds(2));
    }

    [Fact, Trait("Threat", "B16")]
    public void PasswordIsNotPrinted_WhenTheConnectionStringIsWrong()
    {
        var options = new RedisOptions { ConnectionString = "redis:6379,password=hunter2,nonsense=1", ConnectTimeout = TimeSpan.Zero, OperationTimeout = TimeSpan.Zero, EmbeddedMemory = 1 };

        var failures = new RedisOptions.Validator().Validate(null, options).Failures!.ToList();

        failures.Select(f => f[..6]).ShouldBe(["AG3201", "AG3202", "AG3203", "AG3204"]);
        failures.ShouldAllBe(f => !f.Contains("hunter2", StringComparison.Ordinal));
        options.ToString().ShouldNotContain("hunter2");
        new RedisOptions.Validator().Validate(null, new RedisOptions()).Succeeded.ShouldBeTrue();
    }
}
