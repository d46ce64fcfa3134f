using System.Runtime.Versioning;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Storage;

public abstract class MigrationTests(DatabaseProvider engine)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HasAMigration_ForEachChangeOfTheModel()
    {
        await using var directory = await TestDirectory.CreateAsync(engine);
        await using var context = directory.Context();

        context.Database.HasPendingModelChanges().ShouldBeFalse("Add a migration for both engines: see Storage/README.md.");
    }

    [Fact]
    public async Task Migrates_FromNothing_AndThenHasNothingToDo()
    {
        await using var directory = await TestDirectory.CreateAsync(engine);
        var migrator = directory.Services.GetRequiredService<DirectoryMigrator>();

        (await migrator.MigrateAsync(Cancel)).ShouldNotBeEmpty();
        (await migrator.MigrateAsync(Cancel)).ShouldBeEmpty();
        await migrator.PrepareAsync(Cancel);
        (await directory.Services.GetRequiredService<TenantDirectory>().ListAsync(Cancel)).ShouldHaveSingleItem().Id.Value.ShouldBe("default");
    }

    [Fact]
    public async Task MigratesOnce_WhenNodesStartAtOnce()
    {
        await using var directory = await TestDirectory.CreateAsync(engine);
        var nodes = Enumerable.Range(0, 4).Select(_ => directory.AnotherNode().Services.GetRequiredService<DirectoryMigrator>()).ToList();

        var applied = await Task.WhenAll(nodes.Select(node => Task.Run(() => node.MigrateAsync(Cancel))));

        applied.Count(names => names.Count > 0).ShouldBe(1);
    }

    [Fact]
    public async Task Refuses_WhenTheSchemaIsNewer()
    {
        await using var directory = await TestDirectory.StartAsync(engine);
        await using var context = directory.Context();
        await context.Database.ExecuteSqlAsync($"""INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('29991231000000_Future', '99')""", Cancel);

        var error = await Should.ThrowAsync<OperatorMistakeException>(() => directory.Services.GetRequiredService<DirectoryMigrator>().PrepareAsync(Cancel));

        error.Code.ShouldBe("AG3003");
    }

    [UnsupportedOSPlatform("windows")]
    public sealed class OnSqlite() : MigrationTests(DatabaseProvider.Sqlite)
    {
        [Fact]
        public async Task MakesFilesForTheOwnerAlone()
        {
            await using var directory = await TestDirectory.StartAsync(DatabaseProvider.Sqlite);
            await using var context = directory.Context();
            await context.Database.ExecuteSqlAsync($"UPDATE Tenants SET Name = 'x'", Cancel);
            var data = Path.Combine(directory.Folder, "data");

            File.GetUnixFileMode(data).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            Directory.GetFiles(data).ShouldAllBe(file => File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
            Directory.GetFiles(data).Select(Path.GetFileName).ShouldContain("directory.db-wal");
        }

        [Theory]
        [InlineData("journal_mode", "wal")]
        [InlineData("synchronous", "2")]
        [InlineData("foreign_keys", "1")]
        [InlineData("busy_timeout", "5000")]
        public async Task OpensConnections_WithTheSettingsThatMatter(string pragma, string expected)
        {
            await using var directory = await TestDirectory.StartAsync(DatabaseProvider.Sqlite);
            await using var context = directory.Context();
            await context.Database.OpenConnectionAsync(Cancel);
            await using var command = context.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"PRAGMA {pragma}";

            (await command.ExecuteScalarAsync(Cancel))!.ToString().ShouldBe(expected);
        }

        [Fact]
        public async Task GoesOn_WhenAnEarlierMigrationWasKilled()
        {
            await using var directory = await TestDirectory.StartAsync(DatabaseProvider.Sqlite);
            await using (var context = directory.Context())
            {
                // What a kill between lock and migration leaves behind.
                var tables = await context.Database.SqlQuery<string>($"SELECT name AS Value FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '!_!_EF%' ESCAPE '!'").ToListAsync(Cancel);
                var killed =
                    $"""
                    PRAGMA foreign_keys = OFF;
                    INSERT INTO "__EFMigrationsLock" ("Id", "Timestamp") VALUES (1, '2026-01-01');
                    DELETE FROM "__EFMigrationsHistory";
                    {string.Concat(tables.Select(table => $"DROP TABLE \"{table}\";"))}
                    """;
                await context.Database.ExecuteSqlRawAsync(killed, Cancel);
            }

            var migrated = directory.Services.GetRequiredService<DirectoryMigrator>().MigrateAsync(Cancel);

            (await migrated.WaitAsync(TimeSpan.FromSeconds(30), Cancel)).ShouldNotBeEmpty();
        }

        [Fact]
        public async Task SaysWhatIsWrong_WhenTheFileIsNoDatabase()
        {
            await using var directory = await TestDirectory.CreateAsync(DatabaseProvider.Sqlite);
            Directory.CreateDirectory(Path.Combine(directory.Folder, "data"));
            await File.WriteAllTextAsync(Path.Combine(directory.Folder, "data", "directory.db"), new string('x', 8192), Cancel);

            var error = await Should.ThrowAsync<OperatorMistakeException>(() => directory.Services.GetRequiredService<DirectoryMigrator>().PrepareAsync(Cancel));

            error.Code.ShouldBe("AG3004");
            error.Message.ShouldContain("directory.db");
        }

        [Fact]
        public async Task SaysWhatIsWrong_WhenTheDataFolderIsAFile()
        {
            await using var directory = await TestDirectory.CreateAsync(DatabaseProvider.Sqlite);
            await File.WriteAllTextAsync(Path.Combine(directory.Folder, "data"), string.Empty, Cancel);

            var error = await Should.ThrowAsync<OperatorMistakeException>(() => directory.Services.GetRequiredService<DirectoryMigrator>().PrepareAsync(Cancel));

            error.Code.ShouldBe("AG3001");
            error.Cure.ShouldContain("Gateway:DataPath");
        }
    }

    public sealed class OnPostgreSql() : MigrationTests(DatabaseProvider.PostgreSql)
    {
        [Fact]
        public async Task RefusesToServe_WhenTheSchemaIsOutOfDate()
        {
            await using var directory = await TestDirectory.CreateAsync(DatabaseProvider.PostgreSql);

            var error = await Should.ThrowAsync<OperatorMistakeException>(() => directory.Services.GetRequiredService<DirectoryMigrator>().PrepareAsync(Cancel));

            error.Code.ShouldBe("AG3002");
            error.Cure.ShouldContain("db migrate");
        }

        [Fact]
        public async Task SaysWhatIsWrong_WhenTheServerIsAway()
        {
            await using var directory = await TestDirectory.CreateAsync(DatabaseProvider.PostgreSql);
            var lost = directory.AnotherNode(null, ("Database:ConnectionString", "Host=/nowhere;Database=authdog;Username=u;Password=hush"));

            var error = await Should.ThrowAsync<OperatorMistakeException>(() => lost.Services.GetRequiredService<DirectoryMigrator>().PrepareAsync(Cancel));

            error.Code.ShouldBe("AG3004");
            error.ToString().ShouldNotContain("hush");
        }
    }
}
