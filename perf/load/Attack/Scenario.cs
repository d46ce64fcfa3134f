using System.Diagnostics;

namespace Authdog.Attack;

/// <summary>One storm beside honest people.</summary>
/// <param name="client">Connections to the gateway.</param>
/// <param name="stage">Who plays.</param>
/// <param name="known">Browsers that have signed in to the people's accounts before, in the same order.</param>
internal sealed class Scenario(HttpClient client, Stage stage, Visitor[] known)
{
    private int _newDevices;

    /// <summary>Pairs of addresses and passwords from many places; every thousandth is right (a password that leaked).</summary>
    /// <param name="pairs">How many.</param>
    /// <param name="addresses">From how many places.</param>
    /// <param name="solves">Whether the attackers do the work of challenges.</param>
    public async Task<Storm> StuffAsync(int pairs, int addresses, bool solves)
    {
        var people = stage.People;
        using var end = new CancellationTokenSource(stage.Longest);
        var (attack, honest) = (new Tally(), (Known: new Tally(), New: new Tally()));
        var began = Stopwatch.GetTimestamp();
        var lastJudged = 0L;
        var next = 0;
        var attackers = Enumerable.Range(0, stage.Workers).Select(_ => Task.Run(async () =>
        {
            for (int pair; (pair = Interlocked.Increment(ref next) - 1) < pairs && !end.IsCancellationRequested;)
            {
                var leaked = pair % 1000 == 500;
                var (email, password) = leaked ? people[pair / 1000 % people.Length] : new Account($"victim{pair}@example.test", "a leaked password of somebody");
                if (await TryAsync(new Visitor(client, AddressOf(pair % addresses)) { Solves = solves }, email, password, end.Token) is not { } outcome)
                {
                    return;
                }

                attack.Add(outcome);
                if (outcome is Outcome.Wrong or Outcome.SignedIn or Outcome.SignedInAfterWork)
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
        return new Storm(attack, honest.Known, honest.New, took.TotalSeconds, lastJudged / 1000.0);
    }

    /// <summary>The crowd at once, one every two milliseconds, each at an address of their own, who wait in line as long as it takes.</summary>
    public async Task<Storm> SpikeAsync()
    {
        using var end = new CancellationTokenSource(stage.Longest);
        var (spike, honest) = (new Tally(), (Known: new Tally(), New: new Tally()));
        var began = Stopwatch.GetTimestamp();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
        var honestPeople = HonestAsync(honest.Known, honest.New, stop.Token);
        await Task.WhenAll(stage.Crowd.Select(async (person, i) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2 * i));
            if (await TryAsync(new Visitor(client, AddressOf(20_000 + i)) { Patience = stage.Longest, Solves = true }, person.Email, person.Password, end.Token) is { } outcome)
            {
                spike.Add(outcome);
            }
        }));
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await stop.CancelAsync();
        await honestPeople;
        return new Storm(spike, honest.Known, honest.New, took, took);
    }

    /// <summary>Sign-ins one after another by so many at once: each in a new browser at an address of its own, or always in the same few browsers, which have signed in before.</summary>
    public async Task<Storm> SignInAsync(TimeSpan time, bool inKnown)
    {
        using var end = new CancellationTokenSource(time);
        var (tally, next, began) = (new Tally(), 0, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, inKnown ? Math.Min(stage.Workers, known.Length) : stage.Workers).Select(worker => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                var i = inKnown ? worker : Interlocked.Increment(ref next);
                var (email, password) = stage.People[i % stage.People.Length];
                if (await TryAsync(inKnown ? known[i] : new Visitor(client, AddressOf(40_000 + i)) { Patience = time }, email, password, end.Token) is { } outcome)
                {
                    if (inKnown)
                    {
                        known[i].Leave();
                    }

                    tally.Add(outcome);
                }
            }
        })));
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return new Storm(tally, new Tally(), new Tally(), took, took);
    }

    // Each signs in again every few seconds: half of them with the browser that they always use, the others with one that nobody has seen.
    private async Task HonestAsync(Tally inKnown, Tally inNew, CancellationToken cancellationToken)
    {
        await Task.WhenAll(stage.People.Select(async (person, i) =>
        {
            for (var round = 0; !cancellationToken.IsCancellationRequested; round++)
            {
                var isKnown = round % 2 == 0;
                if (isKnown)
                {
                    known[i].Leave();
                }

                var visitor = isKnown ? known[i] : new Visitor(client, AddressOf(10_000 + Interlocked.Increment(ref _newDevices))) { Patience = TimeSpan.FromMinutes(2), Solves = true };
                if (await TryAsync(visitor, person.Email, person.Password, cancellationToken) is not { } outcome)
                {
                    return;
                }

                (isKnown ? inKnown : inNew).Add(outcome);
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
