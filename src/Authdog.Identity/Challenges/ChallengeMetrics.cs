using System.Diagnostics.Metrics;
using Authdog.Identity.Attacks;

namespace Authdog.Identity.Challenges;

/// <summary>Counts challenges that were asked for, and what came of them. All values are of closed lists.</summary>
internal sealed class ChallengeMetrics
{
    private readonly Counter<long> _asked;
    private readonly Counter<long> _answers;

    public ChallengeMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Authdog.Gateway");
        _asked = meter.CreateCounter<long>("authdog.challenges.asked", description: "Challenges asked for, by ceremony and level.");
        _answers = meter.CreateCounter<long>("authdog.challenges.answers", description: "Answers to challenges, by means and result.");
    }

    public void Asked(string ceremony, ChallengeLevel level) => _asked.Add(1, new("ceremony", ceremony), new("level", level.ToString()));

    public void Answered(string means, bool passed) => _answers.Add(1, new("means", means), new("result", passed ? "passed" : "refused"));
}
