using Authdog.Identity.Redis;
using Authdog.Identity.Sessions;
using Authdog.Identity.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace Authdog.Identity.Tests.Redis;

public sealed class EmbeddedRedisTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("authdog-embedded-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task EveryAnsweredSessionIsThere_WhenTheProcessIsKilledWhileItWrites()
    {
        var answered = new List<string>();
        for (var round = 0; round < 3; round++)
        {
            using var child = StoreChild.Start(_folder, clients: 8);
            (await StoreChild.RoleAsync(child)).ShouldBe("owner");
            var before = answered.Count;
            while (answered.Count < before + 1500)
            {
                var line = (await child.StandardOutput.ReadLineAsync()).ShouldNotBeNull();
                if (SessionToken.TryParse(line, out _))
                {
                    answered.Add(line);
                }
            }

            // SIGKILL: no handler runs, nothing is flushed.
            child.Kill();
            await child.WaitForExitAsync();
            var rest = (await child.StandardOutput.ReadToEndAsync()).Split('\n');
            answered.AddRange(rest.Where(line => SessionToken.TryParse(line, out _)));
        }

        await using var node = await StateNode.StartAsync(_folder);
        node.Embedded.IsOwner.ShouldBeTrue();
        var lost = 0;
        foreach (var token in answered)
        {
            lost += await node.Sessions.FindAsync(token, default) is SessionLookup.Found ? 0 : 1;
        }

        lost.ShouldBe(0);
    }

    [Fact]
    public async Task SecondProcessJoinsAndTakesOver_WhenTheFirstEnds()
    {
        using var child = StoreChild.Start(_folder, clients: 0);
        (await StoreChild.RoleAsync(child)).ShouldBe("owner");
        await using var node = await StateNode.StartAsync(_folder);
        node.Embedded.IsOwner.ShouldBeFalse();
        var (token, _) = await node.Sessions.IssueAsync(StateNode.Ada(StateNode.NewUser()), null, default);

        child.Kill();
        await child.WaitForExitAsync();

        await Eventually.TrueAsync(() => Task.FromResult(node.Embedded.IsOwner));
        await Eventually.TrueAsync(() => Task.FromResult(node.Connection.IsConnected));
        await using var later = await StateNode.StartAsync(_folder);
        (await later.Sessions.FindAsync(token.Value, default)).ShouldBeOfType<SessionLookup.Found>();
    }

    [Fact]
    public async Task OnlyTheOwnerMayOpenIt_WhenTheStoreRuns()
    {
        await using var node = await StateNode.StartAsync(_folder);

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(node.Embedded.Socket).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.GetUnixFileMode(Path.Combine(_folder, "redis")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task StoreStarts_WhenThePathIsTooLongForASocket()
    {
        var folder = Path.Combine(_folder, new string('d', 120));
        await using var node = await StateNode.StartAsync(folder);
        await using var second = await StateNode.StartAsync(folder);

        var (token, _) = await node.Sessions.IssueAsync(StateNode.Ada(StateNode.NewUser()), null, default);
        (await second.Sessions.FindAsync(token.Value, default)).ShouldBeOfType<SessionLookup.Found>();
        Path.GetDirectoryName(node.Embedded.Socket).ShouldNotBe(Path.Combine(folder, "redis"));
    }

    [Fact]
    public async Task MistakeIsNamed_WhenTheDataFolderIsAFile()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, string.Empty);

        var mistake = await Should.ThrowAsync<OperatorMistakeException>(() => StateNode.StartAsync(file));

        mistake.Code.ShouldBe("AG3001");
        mistake.Message.ShouldContain("Gateway:DataPath");
    }

    [Fact, Trait("Threat", "B18")]
    public async Task IdleSessionsStay_WhenShortLivedRecordsFloodTheStore()
    {
        await using var node = await StateNode.StartAsync(_folder, null, ("Redis:EmbeddedMemory", "32"), ("Redis:OperationTimeout", "00:00:30"));
        var tokens = new List<SessionToken>();
        for (var i = 0; i < 200; i++)
        {
            tokens.Add((await node.Sessions.IssueAsync(StateNode.Ada(StateNode.NewUser()), null, default)).Token);
        }

        // Twice the store's memory, by sixteen at once who write as fast as they can.
        var junk = new byte[4000];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 16_000),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (i, _) => await node.Connection.RunAsync(db => db.StringSetAsync($"junk:{i}", junk, TimeSpan.FromSeconds(20)), default));

        var records = new SessionRecords(node.Connection);
        var lost = 0;
        foreach (var token in tokens)
        {
            lost += await records.ReadAsync(token.Id, default) is null ? 1 : 0;
        }

        lost.ShouldBe(0);
    }
}
