using Authdog.Identity.Mail;
using Authdog.Identity.Redis;
using Authdog.Identity.Redis.Rates;
using Authdog.Identity.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Tests.Mail;

/// <summary>The bounds of mail without a store: counted here, in full.</summary>
internal static class LocalLimits
{
    public static MailLimits Of(MailOptions options, Action<string>? withheld = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Redis:ConnectionString", "127.0.0.1:1"), new("RateLimiting:LocalShare", "1")])
            .Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton(new DataFolder(Path.GetTempPath()))
            .AddRedis(configuration)
            .AddRates(configuration)
            .AddSingleton(Options.Create(options))
            .AddSingleton(new MailWithheld((_, detail, _) =>
            {
                withheld?.Invoke(detail);
                return Task.CompletedTask;
            }))
            .AddSingleton<MailLimits>()
            .BuildServiceProvider()
            .GetRequiredService<MailLimits>();
    }
}
