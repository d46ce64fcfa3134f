using System.Net.Sockets;
using System.Text;

namespace Authdog.Corpus;

/// <summary>Plays the corpus over raw sockets against a proxy in front of the lenient app.</summary>
public sealed class CorpusRunner(Uri proxy)
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(10);

    /// <summary>Plays every target.</summary>
    public async Task<IReadOnlyList<CorpusOutcome>> PlayTargetsAsync(IEnumerable<CorpusTarget> targets)
    {
        List<CorpusOutcome> outcomes = [];
        foreach (var target in targets)
        {
            var text = Fill(target.Target);
            var answer = await AskAsync($"GET {text} HTTP/1.1\r\nHost: {Host}\r\nConnection: close\r\n\r\n");
            var asIs = Lines(answer) is { Length: > 3 } lines && lines[3] == text;
            outcomes.Add(Judge(target.Id, text, target.Expect, answer, asIs || !Came(answer), LenientApp.Hit));
        }

        return outcomes;
    }

    /// <summary>Plays every header set, with a request for <c>/public</c>.</summary>
    public async Task<IReadOnlyList<CorpusOutcome>> PlayHeadersAsync(IEnumerable<CorpusHeaders> headers)
    {
        List<CorpusOutcome> outcomes = [];
        foreach (var set in headers)
        {
            var lines = set.Lines.Select(Fill).ToArray();
            var answer = await AskAsync($"GET /public HTTP/1.1\r\nHost: {Host}\r\n{string.Concat(lines.Select(line => line + "\r\n"))}\r\n");
            var kept = lines.All(line => answer.Contains(line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim(), StringComparison.Ordinal));
            outcomes.Add(Judge(set.Id, string.Join(" | ", lines), set.Expect, answer, kept, LenientApp.Hit, LenientApp.Believed));
        }

        return outcomes;
    }

    private string Host => proxy.IsDefaultPort ? proxy.Host : $"{proxy.Host}:{proxy.Port}";

    private string Fill(string text) => text.Replace("{host}", Host, StringComparison.Ordinal);

    private static bool Came(string answer) => answer.Contains(LenientApp.Banner + "\n", StringComparison.Ordinal);

    private static string[] Lines(string answer)
    {
        var at = answer.IndexOf(LenientApp.Banner + "\n", StringComparison.Ordinal);
        return at < 0 ? [] : answer[at..].Split('\n');
    }

    private static CorpusOutcome Judge(string id, string sent, string expect, string answer, bool unchanged, params string[] harms)
    {
        var came = Came(answer);
        var status = answer.Length > 12 ? answer.Substring(9, 3) : "none";
        var isHarmed = came && Lines(answer).Take(3).Intersect(harms, StringComparer.Ordinal).Any();
        var met = expect switch
        {
            CorpusTarget.AsIs or CorpusHeaders.Kept => came && unchanged,
            // A server that closes without a word has refused, too.
            CorpusTarget.Refused => !came && (status[0] == '4' || status == "none"),
            _ => !isHarmed && (expect != CorpusTarget.Guarded || unchanged),
        };
        return new CorpusOutcome(id, sent, expect, status, came, isHarmed, met);
    }

    private async Task<string> AskAsync(string request)
    {
        using var bound = new CancellationTokenSource(s_bound);
        using var tcp = new TcpClient();
        var text = new StringBuilder();
        try
        {
            await tcp.ConnectAsync(proxy.Host, proxy.Port, bound.Token);
            var stream = tcp.GetStream();
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), bound.Token);
            var answers = new HttpHead(stream);
            if (await answers.ReadAsync(bound.Token) is { } head)
            {
                text.Append(head).Append(await answers.ReadBodyAsync(head, bound.Token));
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException { SocketErrorCode: SocketError.ConnectionReset } or OperationCanceledException)
        {
            // What came so far is the answer.
        }

        return text.ToString();
    }
}
