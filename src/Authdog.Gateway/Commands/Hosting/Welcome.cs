using Authdog.Gateway.Configuration;
using Authdog.Gateway.Edge;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Commands.Hosting;

/// <summary>What the console says once the gateway is ready.</summary>
internal static class Welcome
{
    /// <summary>Says where to go, where mail goes, and how to go on.</summary>
    public static async Task WriteAsync(TextWriter output, WebApplication app, Upstream upstream)
    {
        var url = app.Services.GetRequiredService<PublicUrl>().Value;
        var lines = new List<(string Label, string Text)> { ("Ready", url) };
        if (upstream.IsDemo)
        {
            lines[0] = ("Open", $"{url}  (a demo app, ten years old and unchanged, behind the gateway)");
            lines.Add(("Sign up", $"{url}/.authdog/sign-up"));
        }

        lines.Add(("Mail", Mail(app.Configuration, upstream)));
        if (upstream.IsDemo || upstream.App is not null)
        {
            lines.Add(("Admin", $"{Executable()} user add YOU@EXAMPLE.COM --role admin"));
        }

        if (upstream.IsDemo)
        {
            lines.Add(("Your app", $"{Executable()} --upstream http://localhost:3000"));
        }

        if (!upstream.IsDemo && HugePages.AreMissing())
        {
            lines.Add(("Passwords", $"hashed slower than this machine can: write 'always' to {HugePages.Setting}"));
        }

        lines.Add(("Health", $"{app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.ManagementUrl}/readyz"));
        await output.WriteLineAsync();
        foreach (var (label, text) in lines)
        {
            await output.WriteLineAsync($"  {label,-9} {text}");
        }

        await output.WriteLineAsync();
        await output.FlushAsync();
    }

    private static string Mail(IConfiguration configuration, Upstream upstream)
    {
        if (configuration["Mail:Smtp:Host"] is { Length: > 0 } host)
        {
            return $"by {host}";
        }

        var outbox = configuration["Mail:OutboxPath"] ?? Path.Combine(Path.GetFullPath(configuration["Gateway:DataPath"] ?? new GatewayOptions().DataPath), "outbox");
        return $"{Shorten(outbox)}  (one .eml file a message{(upstream.IsDemo ? "; links in them are shown here, too" : string.Empty)})";
    }

    private static string Shorten(string path)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? path : $"./{relative}";
    }

    // The same words that this process was started with.
    private static string Executable()
    {
        const string Project = "src/Authdog.Gateway";
        if (Directory.Exists(Project))
        {
            return $"dotnet run --project {Project} --";
        }

        var assembly = Path.Combine(AppContext.BaseDirectory, "Authdog.Gateway.dll");
        return Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? $"dotnet {Shorten(assembly)}" : Shorten(Environment.ProcessPath!);
    }
}
