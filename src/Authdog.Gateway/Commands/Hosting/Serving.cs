using Authdog.Gateway.Commands.Syntax;
using Authdog.Gateway.Configuration;
using Authdog.Gateway.Demo;
using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Mail;
using Authdog.Identity.Redis;
using Authdog.Identity.Storage;

namespace Authdog.Gateway.Commands.Hosting;

/// <summary>One run of the gateway, from the first check to the last request.</summary>
internal sealed class Serving(GatewayConfiguration configuration, Upstream upstream, GatewayParts parts, TextWriter output)
{
    /// <summary>Runs until the process is told to stop.</summary>
    /// <exception cref="MistakesException">Something has to be put right first; nothing was started.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var demo = upstream.IsDemo ? await DemoApp.StartAsync(cancellationToken) : null;
        var settings = upstream.Settings(demo?.Address ?? new Uri("http://127.0.0.1:1"));
        if (GatewayApp.HomeOfBuiltInPolicies(configuration, upstream) is { } data)
        {
            data.Ensure();
            settings["Policies:Path"] = DemoPolicies.FolderIn(data.Path);
            DemoPolicies.WriteTo(DemoPolicies.FolderIn(data.Path));
        }

        await using var app = GatewayApp.Build(configuration, parts, settings);
        var mistakes = await GatewayApp.JudgeAsync(app, configuration, upstream);
        if (mistakes.Count > 0)
        {
            throw new MistakesException(mistakes);
        }

        parts.Pipeline(app);
        if (upstream.IsDemo)
        {
            // The demo's mail goes to nobody: its links are shown here. With an app of one's own, never.
            app.Services.GetRequiredService<Outbox>().MailWritten += (_, mail) => output.WriteLine($"  Mail to {mail.To}: {mail.Subject}\n    {mail.Link}");
        }

        await PrepareAsync(app.Services, cancellationToken);
        await app.StartAsync(cancellationToken);
        await app.Services.GetRequiredService<AuditLog>().WriteAsync(new AuditEvent(TenantId.Default, AuditEventKind.GatewayStarted, Detail: typeof(Serving).Assembly.GetName().Version?.ToString(3)), cancellationToken);
        await Welcome.WriteAsync(output, app, upstream);
        await app.WaitForShutdownAsync(cancellationToken);
        return ExitStatus.Ok;
    }

    // The store and the database take most of the start, and neither needs the other.
    private static Task PrepareAsync(IServiceProvider services, CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => services.GetRequiredService<DirectoryMigrator>().PrepareAsync(cancellationToken), cancellationToken),
        Task.Run(() => OpenStoreAsync(services.GetRequiredService<CounterStore>(), cancellationToken), cancellationToken));

    private static async Task OpenStoreAsync(CounterStore store, CancellationToken cancellationToken)
    {
        try
        {
            await store.ReadAsync(TenantId.Default, "health", "start", cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            // A configured store that is away is no reason not to start: requests get 503 until it is there.
        }
    }
}
