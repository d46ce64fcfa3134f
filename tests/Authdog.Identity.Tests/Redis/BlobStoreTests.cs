using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;

namespace Authdog.Identity.Tests.Redis;

/// <summary>Larger values: taken once, of one tenant, and never more than was bound.</summary>
public sealed class BlobStoreTests
{
    private const string Kind = "test";
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    public static TheoryData<string> Engines => StoreEngine.All;

    [Theory, MemberData(nameof(Engines)), Trait("Threat", "I5")]
    public async Task IsTakenOnce_WhenManyTakeItAtOnce(string engine)
    {
        await using var node = await StateNode.StartAsync(await StoreEngine.PlaceAsync(engine));
        var blobs = node.Get<BlobStore>();
        var (id, value) = (Guid.NewGuid().ToString(), Enumerable.Range(0, 300_000).Select(i => (byte)i).ToArray());
        (await blobs.TryCreateAsync(StateNode.Tenant, Kind, id, value, s_minute, Bound(id), CancellationToken.None)).ShouldBeTrue();

        (await blobs.FindAsync(StateNode.Tenant, Kind, id, CancellationToken.None)).ShouldBe(value);
        (await blobs.FindAsync(TenantId.Parse("other"), Kind, id, CancellationToken.None)).ShouldBeNull();
        await Should.ThrowAsync<InvalidOperationException>(() => blobs.TryCreateAsync(StateNode.Tenant, Kind, id, [1], s_minute, Bound(id), CancellationToken.None));
        var taken = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => blobs.TakeAsync(StateNode.Tenant, Kind, id, CancellationToken.None)));
        taken.Count(found => found is not null).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines)), Trait("Threat", "B18")]
    public async Task IsRefused_WhenOwnerOrCrowdHaveStoredEnough(string engine)
    {
        await using var node = await StateNode.StartAsync(await StoreEngine.PlaceAsync(engine));
        var blobs = node.Get<BlobStore>();
        var crowd = Guid.NewGuid().ToString("N");
        Task<bool> KeepAsync(string owner) => blobs.TryCreateAsync(StateNode.Tenant, Kind, Guid.NewGuid().ToString(), new byte[4096], s_minute, new BlobBound(crowd, owner, 10_000, 20_000), CancellationToken.None);

        (await KeepAsync("a")).ShouldBeTrue();
        (await KeepAsync("a")).ShouldBeTrue();
        (await KeepAsync("a")).ShouldBeFalse();
        (await KeepAsync("b")).ShouldBeTrue();
        (await KeepAsync("c")).ShouldBeTrue();
        (await KeepAsync("d")).ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task OldestLinesGoFirst_WhenAJournalIsFull(string engine)
    {
        await using var node = await StateNode.StartAsync(await StoreEngine.PlaceAsync(engine));
        var journal = node.Get<JournalStore>();
        var name = "j" + Guid.NewGuid().ToString("N");
        for (var i = 0; i < 7; i++)
        {
            await journal.AppendAsync(StateNode.Tenant, name, [[(byte)('a' + i)]], most: 3, CancellationToken.None);
        }

        List<string> lines = [];
        await foreach (var line in journal.ReadAsync(StateNode.Tenant, name, CancellationToken.None))
        {
            lines.Add(line);
        }

        lines.ShouldBe(["g", "f", "e"]);
    }

    private static BlobBound Bound(string owner) => new("kind-" + owner, owner, 1024 * 1024, 1024 * 1024);
}
