using Authdog.Identity.Redis;
using Microsoft.Extensions.Time.Testing;

namespace Authdog.Identity.Tests.Redis;

/// <summary>When a store counts as silent, and who asks it then.</summary>
public sealed class StoreSilenceTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void IsNone_WhenOthersAreAnsweredBetween()
    {
        var silence = new StoreSilence(_time);
        for (var i = 0; i < 5; i++)
        {
            silence.NotAnswered().ShouldBeFalse();
            silence.MayAsk().ShouldBeTrue();
            silence.Answered().ShouldBeFalse();
        }
    }

    [Fact]
    public void BeginsOnce_WhenNobodyIsAnswered()
    {
        var silence = new StoreSilence(_time);

        Enumerable.Range(0, 5).Select(_ => silence.NotAnswered()).ShouldBe([false, true, false, false, false]);
    }

    [Fact]
    public void OneAsksInEachPause_WhileItLasts()
    {
        var silence = Begun();
        silence.MayAsk().ShouldBeFalse();
        for (var pause = 0; pause < 3; pause++)
        {
            _time.Advance(StoreSilence.Pause);
            Enumerable.Range(0, 100).Count(_ => silence.MayAsk()).ShouldBe(1);
        }
    }

    [Fact]
    public void PauseBeginsAnew_WhenTheOneThatAskedIsNotAnswered()
    {
        var silence = Begun();
        _time.Advance(StoreSilence.Pause);
        silence.MayAsk().ShouldBeTrue();
        _time.Advance(StoreSilence.Pause);
        silence.NotAnswered().ShouldBeFalse();

        silence.MayAsk().ShouldBeFalse();
    }

    [Fact]
    public void AllAskAgain_WhenOneIsAnswered()
    {
        var silence = Begun();

        silence.Answered().ShouldBeTrue();
        silence.Answered().ShouldBeFalse("it ended once");
        Enumerable.Range(0, 100).Count(_ => silence.MayAsk()).ShouldBe(100);
        silence.NotAnswered().ShouldBeFalse("counted from the start");
    }

    private StoreSilence Begun()
    {
        var silence = new StoreSilence(_time);
        silence.NotAnswered();
        silence.NotAnswered().ShouldBeTrue();
        return silence;
    }
}
