using System.Globalization;
using Authdog.Identity.Tests.Pages;
using Authdog.TestKit;

namespace Authdog.Identity.Tests.Standby;

/// <summary>Two nodes that share a directory and a Redis which can be taken away.</summary>
public sealed class StandbyHost : IAsyncLifetime
{
    private RedisServer? _redis;

    public PagesHost Node { get; private set; } = null!;

    public PagesHost Other { get; private set; } = null!;

    /// <summary>Where the first node is reached: the one place where browsers have passkeys without TLS.</summary>
    public string Url { get; } = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{FreePort.Next()}");

    public RedisServer Redis => _redis!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        var folder = Path.Combine(Path.GetTempPath(), "authdog-standby-" + Guid.NewGuid().ToString("N"));
        Node = NewNode(folder, Url);
        await Node.InitializeAsync();
        Other = NewNode(folder, "http://127.0.0.1:0");
        await Other.InitializeAsync();
    }

    /// <summary>A node on a folder, and on this Redis.</summary>
    public PagesHost NewNode(string folder, string listen) =>
        new PagesHost { Folder = folder, Listen = listen, Reach = new Uri(Url) }.With("Redis:ConnectionString", Redis.ConnectionString);

    public async ValueTask DisposeAsync()
    {
        await Other.DisposeAsync();

        // Each takes its folder away.
        Directory.CreateDirectory(Node.Folder);
        await Node.DisposeAsync();
        await Redis.DisposeAsync();
    }
}
