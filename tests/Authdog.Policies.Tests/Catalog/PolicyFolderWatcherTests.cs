using System.Diagnostics;
using Authdog.Policies.Catalog;

namespace Authdog.Policies.Tests.Catalog;

public sealed class PolicyFolderWatcherTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly PolicyCatalog catalog;

    public PolicyFolderWatcherTests()
    {
        folder.Write("set/site.yaml", Text("first"));
        catalog = new PolicyCatalog(folder["set"], TimeProvider.System);
        catalog.Reload();
    }

    public void Dispose() => folder.Dispose();

    private static string Text(string rule) => $"policy: site\nrules: [{{ name: {rule}, effect: public }}]\n";

    private string? Rule => catalog.Decide("site", Ask.Request()).Rule;

    private static async Task<TimeSpan> Eventually(Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            // The promise is a second; the machine may be busy.
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        return watch.Elapsed;
    }

    [Fact]
    public async Task Reloads_WhenFileIsWrittenReplacedAddedOrRemoved()
    {
        using var watcher = new PolicyFolderWatcher(catalog, TimeProvider.System);
        folder.Write("set/site.yaml", Text("written"));
        await Eventually(() => Rule == "written");

        folder.Write("set/.site.swp", Text("replaced"));
        File.Move(folder["set/.site.swp"], folder["set/site.yaml"], overwrite: true);
        await Eventually(() => Rule == "replaced");

        folder.Write("set/other.yaml", "policy: other\nrules: [{ name: x, effect: deny, when: { ip: networks/n } }]\n");
        await Eventually(() => catalog.Status.IsDegraded);
        folder.Write("set/networks/n.txt", "10.0.0.0/8\n");
        await Eventually(() => !catalog.Status.IsDegraded);
        catalog.Contains("other").ShouldBeTrue();

        File.Delete(folder["set/other.yaml"]);
        await Eventually(() => !catalog.Contains("other"));
    }

    [Fact]
    public async Task KeepsLastGoodSetAndRecovers_WhenChangeIsBad()
    {
        using var watcher = new PolicyFolderWatcher(catalog, TimeProvider.System);
        folder.Write("set/site.yaml", "policy: site\nrules: [");
        await Eventually(() => catalog.Status.IsDegraded);
        Rule.ShouldBe("first");
        folder.Write("set/site.yaml", Text("mended"));
        await Eventually(() => Rule == "mended");
        catalog.Status.IsDegraded.ShouldBeFalse();
    }

    [Fact]
    public async Task Reloads_WhenNotificationsAreMissing()
    {
        // The folder is made anew, which notifications of the old one never tell.
        using var watcher = new PolicyFolderWatcher(catalog, TimeProvider.System);
        Directory.Move(folder["set"], folder["old"]);
        await Eventually(() => catalog.Status.IsDegraded);
        Rule.ShouldBe("first");
        folder.Write("set/site.yaml", Text("anew"));
        await Eventually(() => Rule == "anew");
    }

    [Fact]
    public async Task Reloads_WhenMountSwitchesLinks()
    {
        folder.Write("k8s/..v1/site.yaml", Text("one"));
        folder.Write("k8s/..v2/site.yaml", Text("two"));
        File.SetLastWriteTimeUtc(folder["k8s/..v1/site.yaml"], new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Directory.CreateSymbolicLink(folder["k8s/..data"], "..v1");
        File.CreateSymbolicLink(folder["k8s/site.yaml"], "..data/site.yaml");
        var mounted = new PolicyCatalog(folder["k8s"], TimeProvider.System);
        mounted.Reload();
        mounted.Decide("site", Ask.Request()).Rule.ShouldBe("one");
        using var watcher = new PolicyFolderWatcher(mounted, TimeProvider.System);
        Directory.CreateSymbolicLink(folder["k8s/..next"], "..v2");
        Directory.Delete(folder["k8s/..data"]);
        Directory.Move(folder["k8s/..next"], folder["k8s/..data"]);
        await Eventually(() => mounted.Decide("site", Ask.Request()).Rule == "two");
    }

    [Fact]
    public async Task NeverShowsHalfState_WhenSavesAreManyAndSlow()
    {
        using var watcher = new PolicyFolderWatcher(catalog, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var seen = new HashSet<string?>();
        var traffic = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                seen.Add(Rule);
                await Task.Yield();
            }
        }, TestContext.Current.CancellationToken);

        var longestHalf = TimeSpan.Zero;
        for (var i = 0; i < 40; i++)
        {
            var watch = Stopwatch.StartNew();

            // The first half of this file is a policy by itself, and lets everybody in.
            await using var stream = new StreamWriter(folder["set/site.yaml"]);
            await stream.WriteAsync("policy: site\nrules:\n  - { name: open, effect: public }\n");
            await stream.FlushAsync(TestContext.Current.CancellationToken);
            await Task.Delay(10, TestContext.Current.CancellationToken);
            await stream.WriteAsync("  - { name: closed, effect: deny }\n");
            await stream.FlushAsync(TestContext.Current.CancellationToken);
            longestHalf = longestHalf > watch.Elapsed ? longestHalf : watch.Elapsed;
        }

        await Eventually(() => Rule == "closed");
        await stop.CancelAsync();
        await traffic;

        // On a busy machine traffic may not have come by since.
        seen.Add(Rule);
        seen.ShouldContain("first");
        seen.ShouldContain("closed");

        // A save that takes longer than files are expected to rest is none that the watcher promises to notice.
        (seen.Contains("open") && longestHalf < TimeSpan.FromMilliseconds(200)).ShouldBeFalse();
    }

    [Fact]
    public async Task NeverShowsHalfState_WhenFilesAreReplacedAllTheTime()
    {
        using var watcher = new PolicyFolderWatcher(catalog, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var seen = new HashSet<(string?, string?)>();
        var traffic = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                // Both policies of one set: they change together or not at all.
                var current = catalog.Current;
                seen.Add((current.Decide("site", Ask.Request()).Rule, current.Decide("condition", Ask.Request()).Rule));
                await Task.Yield();
            }
        }, TestContext.Current.CancellationToken);

        // Sixteen a second and more, as an editor does it: half of a file under another name, then the rename; every fifth is broken.
        for (var i = 0; i < 100; i++)
        {
            folder.Write("set/condition.yaml.tmp", $"policy: condition\nrules: [{{ name: v{i}, effect: public, when: {{ condition: c }} }}]\n");
            folder.Write("set/conditions.yaml.tmp", i % 5 == 4 ? "conditions:\n  c: { condition: c }\n" : "conditions:\n  c: { method: GET }\n");
            File.Move(folder["set/conditions.yaml.tmp"], folder["set/conditions.yaml"], overwrite: true);
            File.Move(folder["set/condition.yaml.tmp"], folder["set/condition.yaml"], overwrite: true);
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await Eventually(() => catalog.Status.IsDegraded && catalog.Status.Errors.Any(error => error.Code == "AG2114"));
        folder.Write("set/conditions.yaml", "conditions:\n  c: { method: GET }\n");
        await Eventually(() => !catalog.Status.IsDegraded && catalog.Decide("condition", Ask.Request()).Rule == "v99");
        await stop.CancelAsync();
        await traffic;

        // The first rule stays through all of it, and no request saw a set without what it names.
        seen.ShouldAllBe(pair => pair.Item1 == "first");
        seen.Select(pair => pair.Item2).ShouldAllBe(rule => rule == null || rule.StartsWith('v'));
    }

    [Fact]
    public async Task GoesOn_WhenSubscriberThrows()
    {
        using var watcher = new PolicyFolderWatcher(catalog, TimeProvider.System);
        Exception? failure = null;
        watcher.Failed += (_, exception) => failure = exception;
        EventHandler<PolicyLoadResult> subscriber = (_, _) => throw new InvalidOperationException("subscriber");
        catalog.Reloaded += subscriber;
        folder.Write("set/site.yaml", Text("second"));
        await Eventually(() => failure is not null);
        catalog.Reloaded -= subscriber;
        folder.Write("set/site.yaml", Text("third"));
        await Eventually(() => Rule == "third");
    }
}
