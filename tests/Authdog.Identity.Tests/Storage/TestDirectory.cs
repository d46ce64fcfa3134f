using Authdog.Identity.Audit;
using Authdog.Identity.Audit.Chain;
using Authdog.Identity.Audit.Delivery;
using Authdog.Identity.Audit.Retention;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Keys;
using Authdog.Identity.Passwords;
using Authdog.Identity.Passwords.Breaches;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Authdog.Identity.Users.Import;
using Authdog.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Storage;

/// <summary>One node's directory on a real engine, in a folder and database of its own; <see cref="AnotherNode"/> shares both.</summary>
public sealed class TestDirectory : IAsyncDisposable
{
    private readonly Dictionary<string, string?> _settings;
    private readonly DirectoryInfo _folder;
    private readonly List<TestDirectory> _others = [];

    private TestDirectory(Dictionary<string, string?> settings, DirectoryInfo folder, TimeProvider time)
    {
        _settings = settings;
        _folder = folder;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(time);
        services.AddStorage(configuration).AddKeys(configuration).AddTenants().AddAudit().AddAuditChain().AddAuditRetention(configuration).AddAuditDelivery(configuration)
            .AddUsers(configuration).AddUserImport().AddPasswords(configuration).AddBreaches(configuration);
        // A part of the product: what the missing parts would use cannot be built, and the whole graph is validated elsewhere.
        Services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = false, ValidateScopes = true });
    }

    public ServiceProvider Services { get; }

    public string Folder => _folder.FullName;

    /// <summary>Settings for a new, empty database.</summary>
    public static async Task<TestDirectory> CreateAsync(DatabaseProvider engine, TimeProvider? time = null)
    {
        var folder = Directory.CreateTempSubdirectory("authdog-test-");
        var settings = new Dictionary<string, string?> { ["Gateway:DataPath"] = Path.Combine(folder.FullName, "data"), ["Database:Provider"] = engine.ToString() };
        if (engine is DatabaseProvider.PostgreSql)
        {
            settings["Database:ConnectionString"] = await (await PostgreSqlServer.SharedAsync()).CreateDatabaseAsync();
        }

        return new TestDirectory(settings, folder, time ?? TimeProvider.System);
    }

    /// <summary>A directory whose schema is up to date, with a second tenant <c>other</c>.</summary>
    public static async Task<TestDirectory> StartAsync(DatabaseProvider engine, TimeProvider? time = null)
    {
        var directory = await CreateAsync(engine, time);
        await directory.Services.GetRequiredService<DirectoryMigrator>().MigrateAsync(CancellationToken.None);
        return directory;
    }

    public TestDirectory AnotherNode(TimeProvider? time = null, params (string Key, string? Value)[] changes)
    {
        var settings = new Dictionary<string, string?>(_settings);
        foreach (var (key, value) in changes)
        {
            settings[key] = value;
        }

        var other = new TestDirectory(settings, _folder, time ?? Services.GetRequiredService<TimeProvider>());
        _others.Add(other);
        return other;
    }

    public AsyncServiceScope Scope(TenantId? tenant = null)
    {
        var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Id = tenant ?? TenantId.Default;
        return scope;
    }

    internal DirectoryContext Context(TenantId? tenant = null)
    {
        var context = Services.GetRequiredService<IDbContextFactory<DirectoryContext>>().CreateDbContext();
        context.UseTenant(() => tenant ?? TenantId.Default);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var other in _others)
        {
            await other.Services.DisposeAsync();
        }

        await Services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
