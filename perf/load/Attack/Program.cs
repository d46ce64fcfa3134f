// Attacks a gateway's sign-in beside honest people and proxied traffic, and says what came of it. Everything on loopback.
// Usage: dotnet run -c Release --project perf/load/Attack -- GATEWAY_DLL [--pairs 100000] [--seconds 300] [--workers 32] [--spike 400] [--rate 100] [--logins SECONDS [--warm SECONDS]] [--output FILE]
using System.Globalization;
using System.Security.Cryptography;
using Authdog.Attack;

var dll = args is [var first, ..] && File.Exists(first) ? Path.GetFullPath(first) : throw new ArgumentException("Name Authdog.Gateway.dll of a Release build.");
int Option(string name, int usual) => Array.IndexOf(args, "--" + name) is >= 0 and var i && i + 1 < args.Length ? int.Parse(args[i + 1], CultureInfo.InvariantCulture) : usual;
var output = Array.IndexOf(args, "--output") is >= 0 and var o && o + 1 < args.Length ? args[o + 1] : null;
var (pairs, seconds, workers, spike, rate) = (Option("pairs", 100_000), Option("seconds", 300), Option("workers", 32), Option("spike", 400), Option("rate", 100));
var longest = TimeSpan.FromSeconds(seconds);

var people = Enumerable.Range(0, 8).Select(i => (Email: $"honest{i}@example.test", Password: Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)))).ToArray();
void Tell(string what) => Console.Error.WriteLine(FormattableString.Invariant($"{DateTimeOffset.UtcNow:HH:mm:ss} {what}"));
Tell("adding people and starting the gateway");
await using var gateway = await GatewayServer.StartAsync(dll, people);
using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 512 }) { BaseAddress = gateway.Url, Timeout = TimeSpan.FromSeconds(60) };
async Task<Visitor[]> SignInAsync(int from)
{
    var visitors = people.Select((_, i) => new Visitor(client, $"192.0.2.{from + i}") { Patience = TimeSpan.FromMinutes(2) }).ToArray();
    for (var i = 0; i < people.Length; i++)
    {
        if (await visitors[i].SignInAsync(people[i].Email, people[i].Password, CancellationToken.None) is var outcome and not Outcome.SignedIn)
        {
            throw new InvalidOperationException($"Nobody can sign in, with nobody attacking: {outcome}. The gateway said:\n{gateway.Said}");
        }
    }

    return visitors;
}

Tell("signing people in");
if (Option("logins", 0) is > 0 and var measured)
{
    // Nobody attacks: how many sign in, and what that costs the gateway, pages included; beside what this machine's cores can hash at all.
    await SignInAsync(1);
    Tell("warming up");
    await new Scenario(client, people, []).SignInAsync(workers, TimeSpan.FromSeconds(Option("warm", 30)));
    Tell("measuring");
    var (before, began) = (gateway.Spent, System.Diagnostics.Stopwatch.GetTimestamp());
    var signedIn = await new Scenario(client, people, []).SignInAsync(workers, TimeSpan.FromSeconds(measured));
    var (took, spent) = (System.Diagnostics.Stopwatch.GetElapsedTime(began), gateway.Spent - before);
    Console.WriteLine(FormattableString.Invariant($"{signedIn[Outcome.SignedIn]} of {signedIn.All} signed in within {took.TotalSeconds:0.0} s by {workers} at once: {signedIn[Outcome.SignedIn] / took.TotalSeconds:0.0} a second on {Environment.ProcessorCount} shared cores, {signedIn[Outcome.SignedIn] / spent.TotalSeconds:0.0} for each second of one core that the gateway used"));
    Console.WriteLine(FormattableString.Invariant($"Argon2id alone (19 MiB, 2 passes): {BareHashing.PerSecond(1):0.0} a second on one core, {BareHashing.PerSecond(Environment.ProcessorCount) / Environment.ProcessorCount:0.0} for each core when all of them hash"));
    return;
}

var scenario = new Scenario(client, people, await SignInAsync(1));
var traffic = new Traffic(await SignInAsync(101), rate);
using var stop = new CancellationTokenSource();
var visiting = traffic.RunAsync(stop.Token);
await Task.Delay(TimeSpan.FromSeconds(3));
Tell("idle");
traffic.Cut();
var report = new Report(FormattableString.Invariant($"{pairs} pairs, at most {seconds} s a phase, {workers} attackers at once, {rate} requests a second to the app, {Environment.ProcessorCount} cores shared with the attackers"));
await Task.Delay(TimeSpan.FromSeconds(Math.Min(20, seconds)));
report.Idle(traffic.Cut());

Tell($"spike: {spike} people within {spike * 2} ms");
report.Add(FormattableString.Invariant($"spike: {spike} people within {spike * 2} ms"), await scenario.SpikeAsync(spike, longest), traffic.Cut());
Tell("stuffing from 1 address");
report.Add("stuffing from 1 address", await scenario.StuffAsync(pairs, 1, longest, workers), traffic.Cut());
Tell("stuffing from 5,000 addresses");
report.Add("stuffing from 5,000 addresses", await scenario.StuffAsync(pairs, 5_000, longest, workers), traffic.Cut());
await stop.CancelAsync();
await visiting;
Console.WriteLine(report);
if (output is not null)
{
    await File.WriteAllTextAsync(output, report.ToString());
}
