using System.Diagnostics.Metrics;

namespace Authdog.Gateway.Edge.BotProtection;

/// <summary>How scores are spread.</summary>
internal sealed class BotMetrics
{
    private readonly Histogram<int> _scores;

    public BotMetrics(IMeterFactory meters) =>
        _scores = meters.Create(EdgeMetrics.MeterName).CreateHistogram("authdog.bot.score", description: "Bot scores of the requests for which one was asked.", advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [10, 30, 50, 60, 70, 80, 90, 95] });

    public void Scored(int score) => _scores.Record(score);
}
