using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Authdog.Identity.Tests.Storage;

/// <summary>For tests that run on each engine: a sealed class per engine derives from the tests.</summary>
public abstract class DirectoryTests(DatabaseProvider engine) : IAsyncLifetime
{
    protected static readonly TenantId Other = TenantId.Parse("other");

    protected DatabaseProvider Engine { get; } = engine;

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero));

    protected TestDirectory Directory { get; private set; } = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync()
    {
        Directory = await TestDirectory.StartAsync(Engine, Time);
        (await Directory.Services.GetRequiredService<TenantDirectory>().AddAsync(Other, "Other", Cancel)).ShouldNotBeNull();
    }

    public async ValueTask DisposeAsync()
    {
        await Directory.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
