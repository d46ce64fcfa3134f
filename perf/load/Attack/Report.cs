using System.Globalization;
using System.Text;

namespace Authdog.Attack;

/// <summary>The figures as a table.</summary>
internal sealed class Report(string title)
{
    private readonly StringBuilder _text = new StringBuilder()
        .AppendLine(CultureInfo.InvariantCulture, $"# {title}")
        .AppendLine()
        .AppendLine("| phase | took s | tried | passwords tested | taken over | challenged | limited | in line | failed | honest, known browser | honest, new browser | app p50 ms | p99 ms | refused | the app itself, p50 ms | p99 ms |")
        .AppendLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- | ---: | ---: | ---: | ---: | ---: |");

    public void Idle(Traffics traffic) => _text.AppendLine(CultureInfo.InvariantCulture, $"| idle | | | | | | | | | | | {traffic.App} | {traffic.Direct.P50:0.0} | {traffic.Direct.P99:0.0} |");

    public void Add(string phase, Storm storm, Traffics traffic)
    {
        var a = storm.Attack;
        var signedIn = a[Outcome.SignedIn] + a[Outcome.SignedInAfterWork];
        _text.AppendLine(
            CultureInfo.InvariantCulture,
            $"| {phase} | {storm.Seconds:0} (last judged at {storm.LastJudged:0}) | {a.All} | {a[Outcome.Wrong] + signedIn} | {signedIn} | {a[Outcome.Challenged]} | {a[Outcome.Limited]} | {a[Outcome.Waited]} | {a[Outcome.Failed]} | {Honest(storm.Known)} | {Honest(storm.New)} | {traffic.App} | {traffic.Direct.P50:0.0} | {traffic.Direct.P99:0.0} |");
    }

    public override string ToString() => _text.ToString();

    private static string Honest(Tally tally)
    {
        var (work, refused) = (tally[Outcome.SignedInAfterWork], tally[Outcome.Limited] + tally[Outcome.Wrong] + tally[Outcome.Failed] + tally[Outcome.Waited]);
        return FormattableString.Invariant($"{tally[Outcome.SignedIn] + work} of {tally.All} in, {work} of them after silent work; {tally[Outcome.Challenged]} challenged beyond it, {refused} refused");
    }
}
