using System.Globalization;
using System.Text;

namespace Authdog.Attack;

/// <summary>The figures as a table.</summary>
internal sealed class Report(string title)
{
    private readonly StringBuilder _text = new StringBuilder()
        .AppendLine(CultureInfo.InvariantCulture, $"# {title}")
        .AppendLine()
        .AppendLine("| phase | took s | tried | tested | taken over | challenged | limited | in line | failed | honest, known browser: in / refused | honest, new browser: in / refused | app p50 ms | p99 ms | refused |")
        .AppendLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");

    public void Idle((double P50, double P99, int Requests, int Refused) app) =>
        _text.AppendLine(CultureInfo.InvariantCulture, $"| idle | | | | | | | | | | | {app.P50:0.0} | {app.P99:0.0} | {app.Refused} |");

    public void Add(string phase, Storm storm, (double P50, double P99, int Requests, int Refused) app)
    {
        var a = storm.Attack;
        _text.AppendLine(
            CultureInfo.InvariantCulture,
            $"| {phase} | {storm.Took.TotalSeconds:0} (last judged at {storm.LastJudged.TotalSeconds:0}) | {a.All} | {a[Outcome.Wrong] + a[Outcome.SignedIn]} | {a[Outcome.SignedIn]} | {a[Outcome.Challenged]} | {a[Outcome.Limited]} | {a[Outcome.Waited]} | {a[Outcome.Failed]} | {Honest(storm.Known)} | {Honest(storm.New)} | {app.P50:0.0} | {app.P99:0.0} | {app.Refused} |");
    }

    public override string ToString() => _text.ToString();

    private static string Honest(Tally tally) => FormattableString.Invariant($"{tally[Outcome.SignedIn]} of {tally.All} / {tally[Outcome.Limited] + tally[Outcome.Wrong] + tally[Outcome.Failed] + tally[Outcome.Waited]} ({tally.Share(Outcome.Challenged)} challenged)");
}
