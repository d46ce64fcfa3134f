using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Authdog.TestKit.Saml;

/// <summary>The npm package samlp 8 as identity provider: one person, always signed in; it names no session of its own, so the script gives it one.</summary>
public sealed class SamlpServer : IAsyncDisposable
{
    private static readonly SemaphoreSlim s_install = new(1, 1);
    private readonly string _folder;
    private readonly LocalServer _server;

    private SamlpServer(string folder, LocalServer server, string url) => (_folder, _server, Url) = (folder, server, url);

    /// <summary>Where it listens.</summary>
    public string Url { get; }

    /// <summary>Address of its metadata.</summary>
    public string MetadataUrl => Url + "FederationMetadata/2007-06/FederationMetadata.xml";

    /// <summary>Its entity id.</summary>
    public static string EntityId => "urn:authdog-tests:samlp";

    /// <summary>Starts it with the service providers that it knows.</summary>
    public static async Task<SamlpServer> StartAsync(params SamlServiceRegistration[] services)
    {
        var installed = await InstallAsync();
        var folder = Directory.CreateTempSubdirectory("authdog-samlp-").FullName;
        var port = FreePort.Next();
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/");
        var key = SamlIdpKey.Create("samlp");
        await File.WriteAllTextAsync(Path.Combine(folder, "settings.json"), JsonSerializer.Serialize(new { port, url, issuer = EntityId, key = key.PrivateKey, cert = key.Certificate, services }, JsonSerializerOptions.Web));
        var start = new ProcessStartInfo("node", [Path.Combine(installed, "server.js"), Path.Combine(folder, "settings.json")]);
        return new(folder, await LocalServer.StartAsync(start, port), url);
    }

    /// <summary>Address that begins a sign-in at the identity provider.</summary>
    public string BeginAtProvider(string entityId, string relayState) => $"{Url}login?sp={Uri.EscapeDataString(entityId)}&RelayState={Uri.EscapeDataString(relayState)}";

    /// <summary>Address that begins a logout at the identity provider.</summary>
    public string LogOutAtProvider() => Url + "logout";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    // Installed from the lock file at the first run, beside the built tests.
    private static async Task<string> InstallAsync()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Saml", "samlp");
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
