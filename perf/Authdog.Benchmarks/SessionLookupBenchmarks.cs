using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Authdog.Identity.Sessions;
using Authdog.Identity.Storage;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Benchmarks;

/// <summary>From cookie to session: in the process's own copy, and in the embedded store.</summary>
[MemoryDiagnoser]
public class SessionLookupBenchmarks
{
    private ServiceProvider _services = null!;
    private SessionStore _sessions = null!;
    private SessionStore _withoutCopies = null!;
    private string _folder = null!;
    private string _cookie = null!;

    [GlobalSetup]
    public async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("authdog-benchmark-").FullName;
        _services = Node("00:00:05");
        _sessions = _services.GetRequiredService<SessionStore>();
        var profile = new SessionProfile("ada@example.com", EmailVerified: true, "Ada", ["staff", "finance"]);
        var user = UserId.New(TimeProvider.System.GetUtcNow());
        var (token, _) = await _sessions.IssueAsync(new NewSession(TenantId.Default, user, profile, [AuthenticationFactor.Password(TimeProvider.System.GetUtcNow())], null, null), null, CancellationToken.None);
        _cookie = token.Value;
        _withoutCopies = Node("00:00:00").GetRequiredService<SessionStore>();
    }

    [GlobalCleanup]
    public async Task StopAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(Baseline = true)]
    public ValueTask<SessionLookup> FromCopy() => _sessions.FindAsync(_cookie, CancellationToken.None);

    [Benchmark]
    public ValueTask<SessionLookup> FromStore() => _withoutCopies.FindAsync(_cookie, CancellationToken.None);

    [Benchmark]
    public ValueTask<SessionLookup> Malformed() => _sessions.FindAsync("no token", CancellationToken.None);

    private ServiceProvider Node(string snapshotLifetime)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Gateway:DataPath", _folder), new("Sessions:SnapshotLifetime", snapshotLifetime)])
            .Build();
        return new ServiceCollection().AddLogging().AddSingleton(new DataFolder(_folder)).AddRedis(configuration).AddSessions(configuration).BuildServiceProvider();
    }
}
