using Authdog.Identity.Audit;
using Authdog.Identity.Audit.Chain;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Authdog.Identity.Tests.Storage;
using Authdog.Identity.Upkeep;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Audit;

/// <summary>Somebody has the whole database, and not the master key.</summary>
public abstract class AuditChainTests(DatabaseProvider engine) : DirectoryTests(engine)
{
    private AuditLog Log => Directory.Services.GetRequiredService<AuditLog>();

    [Fact]
    public async Task IsIntact_WhenNobodyTouchedIt()
    {
        await WriteAsync(7);

        var intact = (await VerifyAsync()).ShouldBeOfType<AuditVerdict.Intact>();
        intact.Entries.ShouldBe(7);
        intact.Head.ShouldStartWith("7:");
        (await VerifyAsync(Other)).ShouldBeOfType<AuditVerdict.Intact>().Entries.ShouldBe(1);

        await WriteAsync(1);
        (await VerifyAsync(noted: intact.Head)).ShouldBeOfType<AuditVerdict.Intact>().Entries.ShouldBe(8);
    }

    [Theory]
    [InlineData("""UPDATE "AuditEntries" SET "Detail" = 'harmless' WHERE "TenantId" = 'default' AND "Sequence" = 3""", 3, "was changed")]
    [InlineData("""UPDATE "AuditEntries" SET "Kind" = 'SignedIn' WHERE "TenantId" = 'default' AND "Sequence" = 2""", 2, "was changed")]
    [InlineData("""DELETE FROM "AuditEntries" WHERE "TenantId" = 'default' AND "Sequence" = 4""", 4, "was removed")]
    [InlineData("""DELETE FROM "AuditEntries" WHERE "TenantId" = 'default' AND "Sequence" > 5""", 6, "was removed, with all that followed")]
    [InlineData("""DELETE FROM "AuditEntries" WHERE "TenantId" = 'default' AND "Sequence" = 1""", 1, "was removed")]
    [InlineData("""UPDATE "AuditHeads" SET "Sequence" = 5 WHERE "TenantId" = 'default'""", null, "the end of the chain was changed")]
    [InlineData("""UPDATE "AuditHeads" SET "BaseSequence" = 2 WHERE "TenantId" = 'default'""", null, "the end of the chain was changed")]
    [InlineData("""DELETE FROM "AuditHeads" WHERE "TenantId" = 'default'""", null, "the end of the chain was removed")]
    public async Task NamesTheFirstRow_WhenSomebodyChangesTheDatabase(string sql, int? place, string what)
    {
        await WriteAsync(7);
        await SealAsync();

        await ExecuteAsync(sql);

        var broken = (await VerifyAsync()).ShouldBeOfType<AuditVerdict.Broken>();
        broken.Sequence.ShouldBe(place);
        broken.What.ShouldStartWith(what);
        (await VerifyAsync(Other)).ShouldBeOfType<AuditVerdict.Intact>();
    }

    [Fact]
    public async Task NamesTheRow_WhenTwoChangePlaces()
    {
        await WriteAsync(5);
        await SealAsync();

        await ExecuteAsync("""UPDATE "AuditEntries" SET "Sequence" = 99 WHERE "TenantId" = 'default' AND "Sequence" = 2""");
        await ExecuteAsync("""UPDATE "AuditEntries" SET "Sequence" = 2 WHERE "TenantId" = 'default' AND "Sequence" = 4""");
        await ExecuteAsync("""UPDATE "AuditEntries" SET "Sequence" = 4 WHERE "TenantId" = 'default' AND "Sequence" = 99""");

        var broken = (await VerifyAsync()).ShouldBeOfType<AuditVerdict.Broken>();
        (broken.Sequence, broken.What[..28]).ShouldBe((2, "does not follow from the one"));
    }

    [Fact]
    public async Task NamesTheRow_WhenSomebodyInsertsOneThatLooksLikeOurs()
    {
        await WriteAsync(3);
        await SealAsync();

        // Everything but the key: a copy of a real row under another id, which waits to be sealed like any other.
        await ExecuteAsync("""
            INSERT INTO "AuditEntries" ("TenantId", "Id", "At", "Kind", "Detail", "Source", "Digest")
            SELECT "TenantId", "ActorId", "At", "Kind", "Detail", "Source", "Digest" FROM "AuditEntries" WHERE "TenantId" = 'default' AND "Sequence" = 2
            """);

        var broken = (await VerifyAsync()).ShouldBeOfType<AuditVerdict.Broken>();
        (broken.Sequence, broken.What[..11]).ShouldBe((4, "was changed"));
    }

    [Fact]
    public async Task ShowsAnOlderCopy_WhenAHeadWasNoted()
    {
        await WriteAsync(6);
        var noted = (await VerifyAsync()).ShouldBeOfType<AuditVerdict.Intact>().Head;

        // All of a tenant's rows, as if they had never been; and then others.
        await ExecuteAsync("""DELETE FROM "AuditHeads" WHERE "TenantId" = 'default'""");
        await ExecuteAsync("""DELETE FROM "AuditEntries" WHERE "TenantId" = 'default'""");
        (await VerifyAsync(noted: noted)).ShouldBeOfType<AuditVerdict.Broken>();
        await WriteAsync(9);
        (await VerifyAsync()).ShouldBeOfType<AuditVerdict.Intact>();

        (await VerifyAsync(noted: noted)).ShouldBeOfType<AuditVerdict.Broken>().What.ShouldContain("cut or replaced");
    }

    [Fact]
    public async Task IsOneChain_WhenNodesWriteAndSealAtOnce()
    {
        var other = Directory.AnotherNode();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            var services = writer % 2 == 0 ? Directory.Services : other.Services;
            for (var i = 0; i < 15; i++)
            {
                await services.GetRequiredService<AuditLog>().WriteAsync(new AuditEvent(TenantId.Default, AuditEventKind.SignedIn, Detail: $"{writer} {i}"), Cancel);
                if (i % 5 == writer % 5)
                {
                    await services.GetRequiredService<AuditSealer>().SealAsync(Cancel);
                }
            }
        }));

        (await VerifyAsync()).ShouldBeOfType<AuditVerdict.Intact>().Entries.ShouldBe(120);
        await using var context = Directory.Context();
        (await context.Set<AuditEntry>().Select(entry => entry.Sequence).OrderBy(sequence => sequence).ToListAsync(Cancel)).ShouldBe(Enumerable.Range(1, 120).Select(i => (long?)i));
    }

    [Fact]
    public async Task StaysIntact_WhenOldEventsAndAddressesAreThrownAway()
    {
        var node = Directory.AnotherNode(changes: [("Audit:Retention", "30.00:00:00"), ("Audit:AddressRetention", "10.00:00:00")]);
        await WriteAsync(4);
        var before = (await VerifyAsync()).ShouldBeOfType<AuditVerdict.Intact>().Head;
        Time.Advance(TimeSpan.FromDays(31));
        await WriteAsync(3);
        await SealAsync();

        await UpkeepAsync(node);

        var intact = (await VerifyAsync()).ShouldBeOfType<AuditVerdict.Intact>();
        (intact.Base, intact.Entries).ShouldBe((4, 3));
        (await VerifyAsync(noted: before)).ShouldBeOfType<AuditVerdict.Intact>();
        (await VerifyAsync(noted: "4:" + new string('0', 64))).ShouldBeOfType<AuditVerdict.Broken>();

        // All of it: the chain goes on where it was.
        Time.Advance(TimeSpan.FromDays(31));
        await UpkeepAsync(node);
        (await VerifyAsync()).ShouldBeOfType<AuditVerdict.Intact>().Entries.ShouldBe(0);
        await WriteAsync(1);
        (await VerifyAsync()).ShouldBeOfType<AuditVerdict.Intact>().Head.ShouldStartWith("8:");
    }

    [Theory]
    [InlineData("""UPDATE "AuditEntries" SET "At" = (SELECT MIN("At") FROM "AuditEntries") WHERE "TenantId" = 'default' AND "Sequence" < 4""")]
    [InlineData("""DELETE FROM "AuditEntries" WHERE "TenantId" = 'default' AND "Sequence" < 4""")]
    public async Task BackdatedEvents_AreNotThrownAwayByAge(string sql)
    {
        var node = Directory.AnotherNode(changes: [("Audit:Retention", "30.00:00:00")]);
        Time.Advance(TimeSpan.FromDays(31));
        await WriteAsync(7);
        await SealAsync();
        await ExecuteAsync(sql);
        await ExecuteAsync("""UPDATE "AuditEntries" SET "At" = (SELECT MIN("At") FROM "AuditEntries") WHERE "TenantId" = 'default' AND "Sequence" = 4""");

        await UpkeepAsync(node);

        (await VerifyAsync()).ShouldBeOfType<AuditVerdict.Broken>().Sequence.ShouldBe(1);
    }

    [Fact]
    public async Task TellsAnErasedAddressFromAForgedOne()
    {
        await using (var context = Directory.Context())
        {
            var entry = WithAddress("192.0.2.7");
            context.Add(entry);
            await context.SaveChangesAsync(Cancel);
        }

        (await VerifyAsync()).ShouldBeOfType<AuditVerdict.Intact>();
        await ExecuteAsync("""UPDATE "AuditEntries" SET "Address" = '192.0.2.8' WHERE "TenantId" = 'default'""");
        (await VerifyAsync()).ShouldBeOfType<AuditVerdict.Broken>().What.ShouldContain("client address");

        await ExecuteAsync("""UPDATE "AuditEntries" SET "Address" = NULL, "Salt" = NULL WHERE "TenantId" = 'default'""");
        (await VerifyAsync()).ShouldBeOfType<AuditVerdict.Intact>();
    }

    [Fact]
    public async Task ListsEveryEventOnce_WhenReadPageByPage()
    {
        var user = UserId.New(Time.GetUtcNow());
        await WriteAsync(5);
        await Log.WriteAsync(new AuditEvent(TenantId.Default, AuditEventKind.SignedOut, user, Detail: "theirs"), Cancel);
        var reader = Directory.Services.GetRequiredService<AuditReader>();

        List<long> seen = [];
        for (long? cursor = null; ;)
        {
            var page = await reader.ListAsync(TenantId.Default, new AuditQuery { Cursor = cursor, Limit = 4 }, Cancel);
            if (page.Count == 0)
            {
                break;
            }

            seen.AddRange(page.Select(entry => entry.Sequence!.Value));
            cursor = seen[^1];
        }

        seen.ShouldBe([1, 2, 3, 4, 5, 6]);
        (await reader.ListAsync(TenantId.Default, new AuditQuery { User = user }, Cancel)).ShouldHaveSingleItem().Detail.ShouldBe("theirs");
        (await reader.ListAsync(TenantId.Default, new AuditQuery { Kinds = [AuditEventKind.SignedOut], NewestFirst = true }, Cancel)).ShouldHaveSingleItem();
        (await reader.ListAsync(Other, new AuditQuery(), Cancel)).ShouldHaveSingleItem().Kind.ShouldBe(AuditEventKind.TenantCreated);
    }

    [Fact]
    public async Task WritesOneOfManyLikeIt_WhenSampled()
    {
        for (var i = 0; i < 50; i++)
        {
            await Log.WriteSampledAsync(new AuditEvent(TenantId.Default, AuditEventKind.AccessRefused, Detail: "rule"), "route", Cancel);
        }

        Time.Advance(TimeSpan.FromMinutes(2));
        await Log.WriteSampledAsync(new AuditEvent(TenantId.Default, AuditEventKind.AccessRefused, Detail: "rule"), "route", Cancel);

        var entries = await Directory.Services.GetRequiredService<AuditReader>().ListAsync(TenantId.Default, new AuditQuery(), Cancel);
        entries.Select(entry => entry.Detail).ShouldBe(["rule", "rule (+49 like it)"]);
    }

    private AuditEntry WithAddress(string address)
    {
        var salt = new byte[AuditDigest.SaltLength];
        var entry = new AuditEntry
        {
            TenantId = TenantId.Default,
            Id = Guid.CreateVersion7(Time.GetUtcNow()),
            At = Time.GetUtcNow(),
            Kind = AuditEventKind.SignedIn,
            Address = address,
            Salt = salt,
            AddressHash = AuditDigest.OfAddress(salt, address),
        };
        entry.Digest = AuditDigest.Of(Directory.Services.GetRequiredService<AuditKeys>().Entries, entry);
        return entry;
    }

    private async Task WriteAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await Log.WriteAsync(new AuditEvent(TenantId.Default, AuditEventKind.SignInFailed, Actor: UserId.New(Time.GetUtcNow()), Detail: $"event {i}"), Cancel);
        }
    }

    private Task<int> SealAsync() => Directory.Services.GetRequiredService<AuditSealer>().SealAsync(Cancel);

    private Task<AuditVerdict> VerifyAsync(TenantId? tenant = null, string? noted = null) =>
        Directory.Services.GetRequiredService<AuditVerifier>().VerifyAsync(tenant ?? TenantId.Default, noted, Cancel);

    private static async Task UpkeepAsync(TestDirectory node)
    {
        await using var scope = node.Scope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().IsSet.ShouldBeTrue();
        foreach (var upkeep in scope.ServiceProvider.GetServices<IUpkeep>())
        {
            await upkeep.RunAsync(Cancel);
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var context = Directory.Context();
        (await context.Database.ExecuteSqlRawAsync(sql, Cancel)).ShouldBeGreaterThan(0);
    }

    public sealed class OnSqlite() : AuditChainTests(DatabaseProvider.Sqlite);

    public sealed class OnPostgreSql() : AuditChainTests(DatabaseProvider.PostgreSql);
}
