using Authdog.Policies.Criteria;
using CsCheck;

namespace Authdog.Policies.Tests.Criteria;

public sealed class DurationTests
{
    [Theory]
    [InlineData("30s", 30)]
    [InlineData("15m", 900)]
    [InlineData("1h30m", 5400)]
    [InlineData("7d", 604800)]
    [InlineData("90m", 5400)]
    public void Reads_WhenWellFormed(string text, int seconds)
    {
        Duration.TryParse(text, out var duration).ShouldBeTrue();
        duration.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [InlineData("")]
    [InlineData("15")]
    [InlineData("m")]
    [InlineData("0s")]
    [InlineData("-5m")]
    [InlineData("5m5m")]
    [InlineData("30m1h")]
    [InlineData("1.5h")]
    [InlineData("15M")]
    [InlineData("1y")]
    [InlineData("15m ")]
    [InlineData("9999999999s")]
    [InlineData("999999999d")]
    [InlineData("١m")]
    public void Refuses_WhenMalformed(string text) => Duration.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void ReadsWhatItWrites() => Gen.Int[1, 3650 * 86400].Sample(seconds =>
        Duration.TryParse(Duration.Format(TimeSpan.FromSeconds(seconds)), out var duration) && duration.TotalSeconds == seconds);
}
