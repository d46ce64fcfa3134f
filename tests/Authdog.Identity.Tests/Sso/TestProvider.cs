using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Sso;

/// <summary>An OpenID Provider of the tests' own with any number of issuers, each right by default and wrong in whatever a test changes.</summary>
internal sealed class TestProvider : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, TestIssuer> _issuers = new(StringComparer.Ordinal);

    private TestProvider(WebApplication app) => _app = app;

    public static RSA Key { get; } = RSA.Create(2048);

    public static RSA OtherKey { get; } = RSA.Create(2048);

    public string Url => _app.Urls.First();

    public static async Task<TestProvider> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        var app = builder.Build();
        var provider = new TestProvider(app);
        app.Run(context =>
        {
            var parts = context.Request.Path.Value!.Split('/', 3);
            return parts.Length == 3 && provider._issuers.TryGetValue(parts[1], out var issuer) ? issuer.AnswerAsync(context, "/" + parts[2]) : NotFoundAsync(context);
        });
        await app.StartAsync();
        return provider;
    }

    public TestIssuer NewIssuer(TimeProvider time)
    {
        var name = "i" + Guid.NewGuid().ToString("N")[..10];
        return _issuers[name] = new TestIssuer($"{Url}/{name}", time);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
