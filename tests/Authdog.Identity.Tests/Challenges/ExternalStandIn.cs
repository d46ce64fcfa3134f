using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Tests.Challenges;

/// <summary>A provider of challenges that speaks the protocol that all three share: an answer is good once, for this secret, and says where it was given and for what.</summary>
internal sealed class ExternalStandIn : IAsyncDisposable
{
    public const string SiteKey = "site-key";
    public const string Secret = "site-secret";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, bool> _answers = new();

    private ExternalStandIn(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    public string? Hostname { get; set; } = "127.0.0.1";

    /// <summary>What the answer says beside the verdict and the host, as each provider does in its own way.</summary>
    public Dictionary<string, object> Further { get; } = new() { ["action"] = "authdog" };

    /// <summary>How it fails; null for not at all.</summary>
    public Func<HttpContext, Task>? Failure { get; set; }

    public IFormCollection? LastAsked { get; private set; }

    public static async Task<ExternalStandIn> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        ExternalStandIn standIn = new(app);
        app.MapPost("/siteverify", standIn.VerifyAsync);
        await app.StartAsync();
        return standIn;
    }

    /// <summary>An answer as the widget would put it into the form.</summary>
    public string Answer()
    {
        var answer = Guid.NewGuid().ToString("N");
        _answers[answer] = true;
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task VerifyAsync(HttpContext context)
    {
        LastAsked = await context.Request.ReadFormAsync();
        if (Failure is { } failure)
        {
            await failure(context);
            return;
        }

        var right = LastAsked["secret"] == Secret && _answers.TryRemove(LastAsked["response"].ToString(), out _);
        Dictionary<string, object> verdict = new(Further)
        {
            ["success"] = right,
            ["challenge_ts"] = "2026-11-27T12:00:00Z",
            ["error-codes"] = right ? Array.Empty<string>() : ["timeout-or-duplicate"],
        };
        if (Hostname is not null)
        {
            verdict["hostname"] = Hostname;
        }

        await context.Response.WriteAsJsonAsync(verdict);
    }
}
