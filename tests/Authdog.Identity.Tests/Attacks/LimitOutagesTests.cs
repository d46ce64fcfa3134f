using Authdog.Identity.Attacks;
using Authdog.Identity.Audit;
using Authdog.Identity.Audit.Chain;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis.Rates;
using Authdog.Identity.Tests.Pages;
using Authdog.Identity.Tests.Redis;
using Authdog.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Attacks;

/// <summary>While the shared store is away each gateway has limits of its own, and an event says so.</summary>
public sealed class LimitOutagesTests
{
    [Fact]
    public async Task LeavesOneEvent_HoweverManyRequestsMeetTheOutage()
    {
        await using var redis = await RedisServer.StartAsync();
        var host = new PagesHost().With("Redis:ConnectionString", redis.ConnectionString).With("Redis:OperationTimeout", "00:00:01").With("BotProtection:Attacks:Enabled", "true");
        await host.InitializeAsync();
        try
        {
            redis.Kill();
            var rates = host.Services.GetRequiredService<RateLimits>();
            for (var i = 0; i < 5; i++)
            {
                (await rates.TakeAsync([new RateAsk(TenantId.Default, "test", "x", new Rate(10, TimeSpan.FromMinutes(1)))], CancellationToken.None)).IsLocal.ShouldBeTrue();
            }

            // Nor is anybody held up by what cannot be counted, or told an error.
            var watch = host.Services.GetRequiredService<AttackWatch>();
            await watch.FailedAsync(new DefaultHttpContext(), TenantId.Default, "ada@example.com", "password", CancellationToken.None);
            (await watch.LevelAsync(new DefaultHttpContext(), TenantId.Default, "ada@example.com", CancellationToken.None)).ShouldBe(ChallengeLevel.None);

            await Eventually.TrueAsync(async () => (await EventsAsync(host)).Count > 0);
            (await EventsAsync(host)).ShouldHaveSingleItem().Detail.ShouldBe(Environment.MachineName);
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    private static Task<IReadOnlyList<AuditEntry>> EventsAsync(PagesHost host) =>
        host.Services.GetRequiredService<AuditReader>().ListAsync(TenantId.Default, new AuditQuery { Kinds = [AuditEventKind.LimitsWentLocal] }, CancellationToken.None);
}
