using Authdog.Identity.Admission;
using Microsoft.Extensions.Time.Testing;

namespace Authdog.Identity.Tests.Admission;

/// <summary>As many people are let in as their passwords take (I14).</summary>
[Trait("Threat", "I14")]
public sealed class AdmissionPaceTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly AdmissionPace _pace;
    private Workload _load = new(PerSecond: 4, IsHalfFull: false);

    public AdmissionPaceTests() => _pace = new AdmissionPace(_time) { Workload = () => _load };

    [Fact]
    public void LetsNobodyIn_WhereNothingWorksThemOff()
    {
        var idle = new AdmissionPace(_time);
        idle.Take().ShouldBe(0);
        idle.PerSecond.ShouldBe(1);
    }

    [Fact]
    public void LetsInWhatIsWorkedOff_AndMakesUpForTwoSecondsAtMost()
    {
        _pace.Take().ShouldBe(8, "a fresh node lets in at once");
        _pace.Take().ShouldBe(0);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        _pace.Take().ShouldBe(2);
        _time.Advance(TimeSpan.FromHours(1));
        _pace.Take().ShouldBe(8);
    }

    [Fact]
    public void LetsNobodyIn_WhileTheQueueIsHalfFull()
    {
        _load = _load with { IsHalfFull = true };
        _pace.Take().ShouldBe(0);
        _time.Advance(TimeSpan.FromSeconds(1));
        _pace.Take().ShouldBe(0);

        _load = _load with { IsHalfFull = false };
        _pace.Take().ShouldBe(8);
    }

    [Fact]
    public void PartsOfAPersonAddUp_WhereAllIsSlow()
    {
        _load = _load with { PerSecond = 0.2 };
        _pace.Take().ShouldBe(0);
        _time.Advance(TimeSpan.FromSeconds(3));
        _pace.Take().ShouldBe(1);
        _time.Advance(TimeSpan.FromSeconds(4));
        _pace.Take().ShouldBe(0);
        _time.Advance(TimeSpan.FromSeconds(1.1));
        _pace.Take().ShouldBe(1);
    }

    [Fact]
    public void PlacesThatNobodyWaitedForAreThereAgain()
    {
        _pace.GiveBack(_pace.Take() - 3);
        _pace.Take().ShouldBe(5);
    }
}
