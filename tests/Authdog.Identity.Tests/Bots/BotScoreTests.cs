using Authdog.Identity.Bots;

namespace Authdog.Identity.Tests.Bots;

/// <summary>How signals make a score.</summary>
public sealed class BotScoreTests
{
    [Fact]
    public void IsZero_WhenNothingSpeaksForAProgram() => BotScore.Of([]).ShouldBeSameAs(BotScore.None);

    [Theory]
    [InlineData(60, 60)]
    [InlineData(80, 60, 50)]
    [InlineData(100, 100, 20)]
    [InlineData(24, 60, -60)]
    [InlineData(0, -60)]
    [InlineData(0, 100, -100)]
    public void PutsEvidenceTogether(int score, params int[] weights) =>
        BotScore.Of(weights.Select((weight, index) => new BotSignal($"s{index}", weight))).Value.ShouldBe(score);

    [Fact]
    public void LeavesOutWhatIsSwitchedOff_AndNamesTheHeaviestFirst() =>
        BotScore.Of([new("light", 10), new("off", 0), new("heavy", 60)]).With(new BotSignal("relief", -30)).Describe().ShouldBe("heavy 60, relief -30, light 10");

    [Fact]
    public void EveryWeightIsWithinBounds_OrNamed()
    {
        new SignalOptions.Validator().Validate(null, new SignalOptions()).Succeeded.ShouldBeTrue();
        new SignalOptions.Validator().Validate(null, new SignalOptions { NoAgent = 101 }).FailureMessage!.ShouldContain("BotProtection:Signals:NoAgent is 101");
    }
}
