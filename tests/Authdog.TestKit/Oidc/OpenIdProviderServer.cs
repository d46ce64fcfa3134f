using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Authdog.TestKit.Saml;

namespace Authdog.TestKit.Oidc;

/// <summary>An OpenID Provider that others wrote: npm <c>oidc-provider</c> 9, certified, or <c>oauth2-mock-server</c> 8. One person, always signed in.</summary>
public sealed class OpenIdProviderServer : IAsyncDisposable
{
    private static readonly SemaphoreSlim s_install = new(1, 1);
    private readonly string _folder;
    private readonly LocalServer _server;

    private OpenIdProviderServer(string folder, LocalServer server, string url) => (_folder, _server, Url) = (folder, server, url);

    /// <summary>Its issuer.</summary>
    public string Url { get; }

    /// <summary>What it wrote, for messages of failed tests.</summary>
    public string Said => _server.Said;

    /// <summary>Starts one.</summary>
    /// <param name="package"><c>oidc-provider</c> or <c>oauth2-mock-server</c>.</param>
    /// <param name="email">The person's address.</param>
    /// <param name="client">Metadata of the one client, as OpenID Connect Dynamic Client Registration names them.</param>
    /// <param name="accessTokenLifetime">How many seconds an access token works.</param>
    public static async Task<OpenIdProviderServer> StartAsync(string package, string email, object client, int accessTokenLifetime = 3600)
    {
        var installed = await InstallAsync();
        var folder = Directory.CreateTempSubdirectory("authdog-oidc-").FullName;
        var port = FreePort.Next();
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        var settings = Path.Combine(folder, "settings.json");
        await File.WriteAllTextAsync(settings, JsonSerializer.Serialize(new { port, url, email, client, accessTokenLifetime }));
        return new(folder, await LocalServer.StartAsync(new ProcessStartInfo("node", [Path.Combine(installed, package + ".js"), settings]), port), url);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    // Installed from the lock file at the first run, beside the built tests.
    private static async Task<string> InstallAsync()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Oidc", "providers");
        await s_install.WaitAsync();
        try
        {
            if (!File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json")))
            {
                using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--silent", "--prefix", folder]))!;
                await npm.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(5));
                if (npm.ExitCode != 0)
                {
                    throw new InvalidOperationException($"npm ci failed in {folder}.");
                }
            }
        }
        finally
        {
            s_install.Release();
        }

        return folder;
    }
}
