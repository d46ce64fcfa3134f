using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Authdog.Corpus;
using Authdog.Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Gateway.Tests.Corpus;

/// <summary>The property that closes the class: whatever is sent, an app receives exactly what its policy judged, or nothing.</summary>
[Trait("Threat", "B1")]
[Trait("Threat", "B2")]
[Trait("Threat", "B3")]
[Trait("Threat", "B4")]
[Trait("Threat", "B5")]
[Trait("Threat", "B19")]
public sealed class CanonicalRequestTests
{
    private const int Connections = 16;
    private static readonly TimeSpan s_ciBound = TimeSpan.FromSeconds(35);

    /// <summary>Requests to send: tens of thousands unless <c>AUTHDOG_PROPERTY_REQUESTS</c> says otherwise. <c>AUTHDOG_PROPERTY_SEED</c> repeats a run.</summary>
    private static readonly long s_asked = long.TryParse(Environment.GetEnvironmentVariable("AUTHDOG_PROPERTY_REQUESTS"), CultureInfo.InvariantCulture, out var count) ? count : 0;

    private readonly ConcurrentDictionary<long, JudgedRequest> _judged = new();
    private readonly ConcurrentDictionary<long, string> _received = new();
    private readonly ConcurrentQueue<string> _differences = new();
    private long _next;
    private long _arrived;
    private long _refused;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AppReceivesWhatWasJudged_WhateverIsSent(bool optIns)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("AUTHDOG_PROPERTY_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        using var app = new RawServer(Receive);
        (string, string)[] unsafeNames = optIns ? [.. new[] { "EncodedSlash", "EmptySegments", "PathParameters", "HeaderNames" }.Select(name => ($"Metadata:Authdog:Unsafe:{name}", "true"))] : [];
        var settings = new GatewayHostSettings()
            .Policy("mixed", "  - { name: closed, effect: deny, when: { path: /admin/** } }\n  - { name: everybody, effect: public }")
            .Route("app", "/{**all}", "mixed", app.Url, [.. unsafeNames, ("Metadata:Authdog:Header:User", "Remote-User")]);
        settings.Configure = services => services.AddSingleton<IAuthorizationHandler>(new JudgedRequest.Recorder((number, judged) => _judged[number] = judged));
        await using var gateway = await GatewayHost.StartAsync(settings);

        var requests = s_asked > 0 ? s_asked / 2 : 20_000;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(lane => Task.Run(() => SendAsync(gateway.Url.Port, new Random(seed + lane), requests, watch))));

        var figures = string.Create(CultureInfo.InvariantCulture, $"Seed {seed}, opt-ins {optIns}: {_arrived + _refused} requests in {watch.Elapsed.TotalSeconds:0.0} s, {_arrived} reached the app, {_refused} did not, {_differences.Count} differences.");
        TestContext.Current.TestOutputHelper?.WriteLine(figures);
        TestContext.Current.SendDiagnosticMessage(figures);
        _differences.ShouldBeEmpty(figures);
        _arrived.ShouldBeGreaterThan((_arrived + _refused) / 50);
        _refused.ShouldBeGreaterThan(0);
        if (s_asked > 0)
        {
            await File.AppendAllTextAsync(Path.Combine(Path.GetTempPath(), "authdog-property.txt"), figures + "\n");
        }
    }

    private string Receive(string head)
    {
        if (!long.TryParse(HttpHead.Field(head, "X-Case"), CultureInfo.InvariantCulture, out var number) || !_received.TryAdd(number, head))
        {
            _differences.Enqueue("The app received what nobody sent: " + head);
        }

        return string.Empty;
    }

    private async Task SendAsync(int port, Random random, long requests, Stopwatch watch)
    {
        var cancel = TestContext.Current.CancellationToken;
        TcpClient? tcp = null;
        HttpHead? answers = null;
        try
        {
            while (_differences.Count < 20 && (s_asked > 0 || watch.Elapsed < s_ciBound / 2))
            {
                var number = Interlocked.Increment(ref _next);
                if (number > requests)
                {
                    return;
                }

                if (tcp is null)
                {
                    tcp = new TcpClient { NoDelay = true };
                    await tcp.ConnectAsync(IPAddress.Loopback, port, cancel);
                    answers = new HttpHead(tcp.GetStream());
                }

                var request = RandomRequest.Next(random, number, $"localhost:{port}");
                if (!await ExchangeAsync(tcp, answers!, request, cancel))
                {
                    tcp.Dispose();
                    tcp = null;
                }

                Judge(number, request);
            }
        }
        finally
        {
            tcp?.Dispose();
        }
    }

    // Whether the connection can be used again.
    private static async Task<bool> ExchangeAsync(TcpClient tcp, HttpHead answers, RandomRequest request, CancellationToken cancel)
    {
        try
        {
            await tcp.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request.Text), cancel);
            string? head;
            do
            {
                head = await answers.ReadAsync(cancel);
            }
            while (head is not null && head.StartsWith("HTTP/1.1 1", StringComparison.Ordinal));

            if (head is null)
            {
                return false;
            }

            if (!request.Method.Equals("HEAD", StringComparison.Ordinal))
            {
                await answers.ReadBodyAsync(head, cancel);
            }

            return !string.Equals(HttpHead.Field(head, "Connection"), "close", StringComparison.OrdinalIgnoreCase);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void Judge(long number, RandomRequest request)
    {
        _judged.TryRemove(number, out var judged);
        if (!_received.TryRemove(number, out var head))
        {
            Interlocked.Increment(ref _refused);
            return;
        }

        Interlocked.Increment(ref _arrived);
        if (SameRequest.Difference(request, judged, head) is { } difference)
        {
            _differences.Enqueue($"{difference}\nsent: {request.Text}\nreceived: {head}");
        }
    }
}
