using System.Diagnostics;

namespace Authdog.Attack;

/// <summary>One storm beside honest people and proxied traffic.</summary>
/// <param name="client">Connections to the gateway.</param>
/// <param name="people">Honest accounts.</param>
/// <param name="known">Browsers that have signed in to them before, in the same order.</param>
internal sealed class Scenario(HttpClient client, IReadOnlyList<(string Email, string Password)> people, Visitor[] known)
{
    private int _newDevices;

    /// <summary>Pairs of addresses and passwords from many places; every thousandth is right (a password that leaked).</summary>
    public async Task<Storm> StuffAsync(int pairs, int addresses, TimeSpan longest, int workers)
    {
        using var end = new CancellationTokenSource(longest);
        var (attack, honest) = (new Tally(), (Known: new Tally(), New: new Tally()));
        var began = Stopwatch.GetTimestamp();
        var lastJudged = 0L;
        var next = 0;
        var attackers = Enumerable.Range(0, workers).Select(_ => Task.Run(async () =>
        {
            for (int pair; (pair = Interlocked.Increment(ref next) - 1) < pairs && !end.IsCancellationRequested;)
            {
                var leaked = pair % 1000 == 500;
                var (email, password) = leaked ? people[pair / 1000 % people.Count] : ($"victim{pair}@example.test", "a leaked password of somebody");
                if (await TryAsync(new Visitor(client, AddressOf(pair % addresses)), email, password, end.Token) is not { } outcome)
                {
                    return;
                }

                attack.Add(outcome);
                if (outcome is Outcome.Wrong or Outcome.SignedIn)
                {
                    Volatile.Write(ref lastJudged, (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                }
            }
        })).ToArray();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
        var honestPeople = HonestAsync(honest.Known, honest.New, stop.Token);
        await Task.WhenAll(attackers);
        var took = Stopwatch.GetElapsedTime(began);
        await stop.CancelAsync();
        await honestPeople;
        return new Storm(attack, honest.Known, honest.New, took, TimeSpan.FromMilliseconds(lastJudged));
    }

    /// <summary>Many people at once, each at an address of their own, who wait in line as long as it takes.</summary>
    public async Task<Storm> SpikeAsync(int arrivals, TimeSpan longest)
    {
        using var end = new CancellationTokenSource(longest);
        var (spike, honest) = (new Tally(), (Known: new Tally(), New: new Tally()));
        var began = Stopwatch.GetTimestamp();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
        var honestPeople = HonestAsync(honest.Known, honest.New, stop.Token);
        await Task.WhenAll(Enumerable.Range(0, arrivals).Select(async i =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2 * i));
            if (await TryAsync(new Visitor(client, AddressOf(20_000 + i)) { Patience = longest }, $"crowd{i}@example.test", "a password of somebody in a hurry", end.Token) is { } outcome)
            {
                spike.Add(outcome);
            }
        }));
        var took = Stopwatch.GetElapsedTime(began);
        await stop.CancelAsync();
        await honestPeople;
        return new Storm(spike, honest.Known, honest.New, took, took);
    }

    /// <summary>Sign-ins one after another by so many at once, each in a new browser at an address of its own.</summary>
    public async Task<Tally> SignInAsync(int workers, TimeSpan time)
    {
        using var end = new CancellationTokenSource(time);
        var (tally, next) = (new Tally(), 0);
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                var i = Interlocked.Increment(ref next);
                var (email, password) = people[i % people.Count];
                if (await TryAsync(new Visitor(client, AddressOf(40_000 + i)) { Patience = time }, email, password, end.Token) is { } outcome)
                {
                    tally.Add(outcome);
                }
            }
        })));
        return tally;
    }

    // Each signs in again every few seconds: half of them with the browser that they always use, the others with one that nobody has seen.
    private async Task HonestAsync(Tally known, Tally fresh, CancellationToken cancellationToken)
    {
        await Task.WhenAll(people.Select(async (person, i) =>
        {
            for (var round = 0; !cancellationToken.IsCancellationRequested; round++)
            {
                var isKnown = round % 2 == 0;
                if (isKnown)
                {
                    Known(i).Leave();
                }

                var visitor = isKnown ? Known(i) : new Visitor(client, AddressOf(10_000 + Interlocked.Increment(ref _newDevices))) { Patience = TimeSpan.FromMinutes(2) };
                if (await TryAsync(visitor, person.Email, person.Password, cancellationToken) is not { } outcome)
                {
                    return;
                }

                (isKnown ? known : fresh).Add(outcome);
                try
                {
                    await Task.Delay(TimeSpan.FromSeconds(2), cancellationToken);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }
        }));
    }

    private Visitor Known(int i) => known[i];

    // Null when the phase ended meanwhile: that is nobody's failure.
    private static async Task<Outcome?> TryAsync(Visitor visitor, string email, string password, CancellationToken cancellationToken)
    {
        try
        {
            return await visitor.SignInAsync(email, password, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return cancellationToken.IsCancellationRequested ? null : Outcome.Failed;
        }
    }

    private static string AddressOf(int i) => FormattableString.Invariant($"10.{(i >> 16) & 255}.{(i >> 8) & 255}.{i & 255}");
}
