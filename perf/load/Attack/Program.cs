// Attacks a gateway's sign-in beside honest people and proxied traffic, and says what came of it. Everything on loopback.
// Usage: see perf/attack. The parts are played by processes of their own: the attackers with low priority, since they would come from other machines,
// and the people who use the app apart from them, so that what is measured is the gateway and not the attackers' own threads.
using System.Globalization;
using System.Security.Cryptography;
using Authdog.Attack;

const string Visit = "--visit", Play = "--play";
switch (args)
{
    case [Visit]:
        await Player.PlayAsync(async stage =>
        {
            var people = await stage.SignInAsync(stage.Connect(), 101);
            var through = new Traffic(number => people[number % people.Length].VisitAsync(CancellationToken.None), stage.Rate);
            var app = stage.Connect();
            var direct = new Traffic(
                async _ =>
                {
                    await app.GetStringAsync(stage.App);
                    return null;
                },
                stage.Rate);
            _ = through.RunAsync(CancellationToken.None);
            _ = direct.RunAsync(CancellationToken.None);
            return _ => Task.FromResult<object>(new Traffics(through.Cut(), direct.Cut()));
        });
        return;
    case [Play]:
        await Player.PlayAsync(async stage =>
        {
            var client = stage.Connect();
            var scenario = new Scenario(client, stage, await stage.SignInAsync(client, 1));
            return async line => line switch
            {
                ["spike"] => await scenario.SpikeAsync(),
                ["stuff", var pairs, var addresses, var solves] => await scenario.StuffAsync(Number(pairs), Number(addresses), bool.Parse(solves)),
                ["sign-in", var seconds, var inKnown] => await scenario.SignInAsync(TimeSpan.FromSeconds(Number(seconds)), bool.Parse(inKnown)),
                _ => throw new ArgumentException(string.Join(' ', line)),
            };
        });
        return;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
var dll = args is [var first, ..] && File.Exists(first) ? Path.GetFullPath(first) : throw new ArgumentException("Name Authdog.Gateway.dll of a Release build.");
int Option(string name, int usual) => Array.IndexOf(args, "--" + name) is >= 0 and var i && i + 1 < args.Length ? Number(args[i + 1]) : usual;
var output = Array.IndexOf(args, "--output") is >= 0 and var o && o + 1 < args.Length ? args[o + 1] : null;
void Tell(string what) => Console.Error.WriteLine(FormattableString.Invariant($"{DateTimeOffset.UtcNow:HH:mm:ss} {what}"));

var (pairs, seconds, workers, crowd, rate, warm) = (Option("pairs", 100_000), Option("seconds", 300), Option("workers", 32), Option("spike", 400), Option("rate", 100), Option("warm", 30));
Account[] Accounts(string name, int count) => [.. Enumerable.Range(0, count).Select(i => new Account($"{name}{i}@example.test", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))))];
var (people, many) = (Accounts("honest", 8), Accounts("crowd", crowd));
Tell("adding people and starting the gateway");
await using var gateway = await GatewayServer.StartAsync(dll, [.. people, .. many]);
var stage = new Stage(gateway.Url, gateway.App, people, many, Option("logins", 0) > 0 ? Option("workers", 8) : workers, seconds, rate);
Tell("signing people in");
await using var storms = await Player.StartAsync(Play, idle: true, stage);
Tell("warming up");
await storms.AskAsync<Storm>($"sign-in {warm} false");
if (Option("logins", 0) is > 0 and var measured)
{
    // Nobody attacks: how many sign in, and what that costs the gateway, pages included; beside what this machine's cores can hash at all.
    foreach (var known in new[] { true, false })
    {
        Tell(known ? "known browsers" : "new browsers");
        var before = gateway.Spent;
        var storm = await storms.AskAsync<Storm>($"sign-in {measured} {known}");
        var (signedIn, spent) = (storm.Attack[Outcome.SignedIn], gateway.Spent - before);
        Console.WriteLine(FormattableString.Invariant($"in {(known ? "browsers that signed in before" : "new browsers (each is told to its owner by mail)")}: {signedIn} of {storm.Attack.All} signed in within {storm.Seconds:0.0} s by {stage.Workers} at once: {signedIn / storm.Seconds:0.0} a second on {Environment.ProcessorCount} shared cores, {signedIn / spent.TotalSeconds:0.0} for each second of one core that the gateway used"));
    }

    Console.WriteLine(FormattableString.Invariant($"Argon2id alone (19 MiB, 2 passes; huge pages: {BareHashing.HugePages}): {BareHashing.PerSecond(1):0.0} a second on one core, {BareHashing.PerSecond(Environment.ProcessorCount) / Environment.ProcessorCount:0.0} for each core when all of them hash"));
    return;
}

await using var traffic = await Player.StartAsync(Visit, idle: false, stage);
var report = new Report(FormattableString.Invariant($"{pairs} pairs, at most {seconds} s a phase, {workers} attackers at once, {rate} requests a second to the app, {Environment.ProcessorCount} cores shared with the attackers, who get what processor time nobody else wants; huge pages: {BareHashing.HugePages}"));
await Task.Delay(TimeSpan.FromSeconds(3));
await traffic.AskAsync<Traffics>("cut");
Tell("idle");
await Task.Delay(TimeSpan.FromSeconds(Math.Min(20, seconds)));
report.Idle(await traffic.AskAsync<Traffics>("cut"));
foreach (var (phase, line) in new[]
{
    ($"spike: {crowd} people within {crowd * 2} ms", "spike"),
    ("stuffing from 1 address", $"stuff {pairs} 1 false"),
    ("stuffing from 5,000 addresses", $"stuff {pairs} 5000 false"),
    ("the same by attackers who do the work", $"stuff {pairs} 5000 true"),
})
{
    Tell(phase);
    report.Add(phase, await storms.AskAsync<Storm>(line), await traffic.AskAsync<Traffics>("cut"));
}

Console.WriteLine(report);
if (output is not null)
{
    await File.WriteAllTextAsync(output, report.ToString());
}
