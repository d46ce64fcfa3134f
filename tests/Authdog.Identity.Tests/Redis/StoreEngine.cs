using Authdog.TestKit;

namespace Authdog.Identity.Tests.Redis;

/// <summary>The two stores that every test of this folder runs on; each is started once for a test run.</summary>
internal static class StoreEngine
{
    private static readonly SemaphoreSlim s_starting = new(1, 1);
    private static StateNode? s_embedded;
    private static string? s_folder;

    public static TheoryData<string> All => ["garnet", "redis"];

    /// <summary>Where nodes of a test connect to.</summary>
    public static async Task<string> PlaceAsync(string engine) => engine switch
    {
        "garnet" => await EmbeddedAsync(),
        _ => (await RedisServer.SharedAsync()).ConnectionString,
    };

    private static async Task<string> EmbeddedAsync()
    {
        await s_starting.WaitAsync();
        try
        {
            // This node owns the embedded store; those of the tests join it, like shell commands do.
            s_folder ??= Directory.CreateTempSubdirectory("authdog-state-").FullName;
            s_embedded ??= await StateNode.StartAsync(s_folder);
            return s_folder;
        }
        finally
        {
            s_starting.Release();
        }
    }
}
