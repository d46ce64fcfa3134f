using Authdog.Identity.Passwords;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Tests.Passwords;

[Trait("Threat", "I14")]
public sealed class HashingQueueTests : IDisposable
{
    private readonly HashingQueue _queue = new(Options.Create(new PasswordOptions { HashingThreads = 1, QueueLength = 8 }));
    private readonly ManualResetEventSlim _gate = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _gate.Set();
        _queue.Dispose();
        _gate.Dispose();
    }

    [Fact]
    public async Task RefusesWhatDoesNotFit_AndGoesOnAfterwards()
    {
        await BlockAsync();
        var waiting = Enumerable.Range(0, 8).Select(i => _queue.RunAsync(null, first: false, () => i, Cancel)).ToList();

        await Should.ThrowAsync<HashingBusyException>(() => _queue.RunAsync(null, first: false, () => 0, Cancel));

        _gate.Set();
        (await Task.WhenAll(waiting)).ShouldBe(Enumerable.Range(0, 8));
        (await _queue.RunAsync(null, first: false, () => 9, Cancel)).ShouldBe(9);
    }

    [Fact]
    public async Task GivesOneClientAQuarter_AndTakesTurns()
    {
        await BlockAsync();
        List<string> order = [];
        Task Ask(string client) => _queue.RunAsync(client, first: false, () => { order.Add(client); return 0; }, Cancel);
        var asked = new List<Task> { Ask("attacker"), Ask("attacker") };

        await Should.ThrowAsync<HashingBusyException>(() => Ask("attacker"));
        asked.AddRange([Ask("a"), Ask("b"), Ask("b")]);

        _gate.Set();
        await Task.WhenAll(asked);
        order.ShouldBe(["attacker", "a", "b", "attacker", "b"]);
    }

    [Fact]
    public async Task LetsWhoGoesFirstIn_WhenAllOtherPlacesAreTaken()
    {
        await BlockAsync();
        List<string> order = [];
        var others = Enumerable.Range(0, 8).Select(_ => _queue.RunAsync(null, first: false, () => { order.Add("other"); return 0; }, Cancel)).ToList();
        _queue.IsHalfFull.ShouldBeTrue();

        var session = _queue.RunAsync("ada", first: true, () => { order.Add("session"); return 0; }, Cancel);

        _gate.Set();
        await Task.WhenAll([.. others, session]);
        order[0].ShouldBe("session");
    }

    [Fact]
    public async Task FreesThePlaces_OfThoseWhoHungUp()
    {
        await BlockAsync();
        using var hangUp = new CancellationTokenSource();
        var gone = Enumerable.Range(0, 8).Select(_ => _queue.RunAsync(null, first: false, () => { Assert.Fail("ran"); return 0; }, hangUp.Token)).ToList();
        await hangUp.CancelAsync();
        foreach (var task in gone)
        {
            await Should.ThrowAsync<OperationCanceledException>(() => task);
        }

        var here = Enumerable.Range(0, 8).Select(i => _queue.RunAsync("client" + i, first: false, () => i, Cancel)).ToList();

        _gate.Set();
        (await Task.WhenAll(here)).ShouldBe(Enumerable.Range(0, 8));
    }

    [Fact]
    public async Task HandsOnFailures_AndSurvivesThem()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => _queue.RunAsync<int>(null, first: false, () => throw new InvalidOperationException(), Cancel));
        (await _queue.RunAsync(null, first: false, () => 1, Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task RunsNicely_OnLinux()
    {
        var nice = await _queue.RunAsync(null, first: false, () => File.ReadAllText("/proc/thread-self/stat").Split(") ")[1].Split(' ')[16], Cancel);
        int.Parse(nice, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(10);
    }

    private async Task BlockAsync()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = _queue.RunAsync("blocker", first: false, () => { begun.SetResult(); _gate.Wait(Cancel); return 0; }, Cancel);
        await begun.Task;
    }
}
