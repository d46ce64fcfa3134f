using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Authdog.Identity;
using Authdog.Identity.ApiKeys;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Authdog.Console.Tests.Api;

/// <summary>The management API on a real Kestrel with embedded stores, and two tenants: <c>acme</c> and <c>globex</c>, each with a user, a role, a group and an invitation.</summary>
public sealed class ApiHost : IAsyncLifetime
{
    internal const string Root = "/.authdog/api/v1";
    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(1);
    private readonly string _folder = Directory.CreateTempSubdirectory("authdog-api-").FullName;
    private WebApplication _app = null!;

    internal HttpClient Client { get; private set; } = null!;

    internal IServiceProvider Services => _app.Services;

    internal string GlobalKey { get; private set; } = string.Empty;

    internal string AcmeKey { get; private set; } = string.Empty;

    /// <summary>Ids of what <c>globex</c> has, by the names of route parameters.</summary>
    internal Dictionary<string, string> Globex { get; private set; } = [];

    /// <summary>Ids of what <c>acme</c> has.</summary>
    internal Dictionary<string, string> Acme { get; private set; } = [];

    internal IEnumerable<RouteEndpoint> Endpoints => _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Gateway:DataPath"] = Path.Combine(_folder, "data"),
            ["Mail:OutboxPath"] = Path.Combine(_folder, "outbox"),
            ["Redis:OperationTimeout"] = "00:00:10",
            ["Accounts:Invitations:MessagesPerAddress"] = "100",
            ["Accounts:Profile:Attributes:department:Type"] = "String",
            ["Accounts:Profile:Attributes:department:Choices:0"] = "Sales",
            ["Accounts:Profile:Attributes:department:Choices:1"] = "Research",
            ["Accounts:Profile:Attributes:level:Type"] = "Number",
            ["Accounts:Profile:Attributes:tags:Type"] = "List",
            ["Accounts:Profile:Attributes:active:Type"] = "Boolean",
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddRouting();
        builder.Services.AddAuthorization();
        builder.Services.AddAuthdogIdentity(builder.Configuration);
        builder.Services.AddAuthdogConsole();
        _app = builder.Build();
        await _app.Services.GetRequiredService<DirectoryMigrator>().PrepareAsync(CancellationToken.None);
        _app.Use(async (context, next) =>
        {
            // As at the edge of the gateway: the host's tenant, which is none of the API's business.
            var tenant = await context.RequestServices.GetRequiredService<TenantCache>().FindAsync(TenantId.Default, context.RequestAborted);
            context.RequestServices.GetRequiredService<CurrentTenant>().Record = tenant!;
            await next(context);
        });
        _app.UseRouting();
        _app.MapAuthdogConsole();
        await _app.StartAsync();
        Client = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
        GlobalKey = await KeyAsync(null, [.. ApiScopes.All]);
        Acme = await FillAsync("acme");
        Globex = await FillAsync("globex");
        AcmeKey = await KeyAsync("acme", [.. ApiScopes.All]);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    internal async Task<string> KeyAsync(string? tenant, params string[] scopes)
    {
        var (_, text) = await Services.GetRequiredService<ApiKeyDirectory>().AddAsync(tenant is null ? null : TenantId.Parse(tenant), "test", scopes, s_lifetime, CancellationToken.None);
        return text.Reveal();
    }

    internal async Task<ApiReply> SendAsync(string method, string path, string? key, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path.StartsWith('/') ? path : $"{Root}/{path}");
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        }

        using var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new ApiReply(
            response.StatusCode,
            text.Length > 0 && response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true ? JsonNode.Parse(text) : null,
            response.Headers.ETag?.Tag,
            response.Headers.Location?.OriginalString,
            response.Headers.WwwAuthenticate.ToString());
    }

    private async Task<Dictionary<string, string>> FillAsync(string tenant)
    {
        (await SendAsync("POST", "tenants", GlobalKey, $$"""{ "id": "{{tenant}}", "name": "{{tenant}} Corp" }""")).Status.ShouldBe(HttpStatusCode.Created);
        (await SendAsync("PUT", $"tenants/{tenant}/roles/admin", GlobalKey, """{ "permissions": ["a:read"] }""")).Status.ShouldBe(HttpStatusCode.OK);
        var user = await SendAsync("POST", $"tenants/{tenant}/users", GlobalKey, $$"""{ "email": "ada@{{tenant}}.test", "roles": ["admin"] }""");
        var group = await SendAsync("POST", $"tenants/{tenant}/groups", GlobalKey, """{ "name": "Finance" }""");
        (await SendAsync("POST", $"tenants/{tenant}/connections", GlobalKey, """{ "id": "okta", "kind": "oidc", "enabled": false }""")).Status.ShouldBe(HttpStatusCode.Created);
        (await SendAsync("POST", $"tenants/{tenant}/setup-links", GlobalKey, """{ "connection": "okta" }""")).Status.ShouldBe(HttpStatusCode.Created);
        (await SendAsync("PUT", $"tenants/{tenant}/domains/{tenant}.example.com", GlobalKey, "{}")).Status.ShouldBe(HttpStatusCode.OK);
        var invitation = await SendAsync("POST", $"tenants/{tenant}/invitations", GlobalKey, $$"""{ "email": "grace@{{tenant}}.test", "roles": ["admin"] }""");
        await using var scope = Services.CreateAsyncScope();
        return new Dictionary<string, string>
        {
            ["tenant"] = tenant,
            ["user"] = user.Text("id"),
            ["role"] = "admin",
            ["group"] = group.Text("id"),
            ["invitation"] = invitation.Text("id"),
            ["request"] = Guid.CreateVersion7().ToString(),
            ["session"] = new string('a', 64),
            ["connection"] = "okta",
            ["domain"] = $"{tenant}.example.com",
        };
    }

    internal sealed record ApiReply(HttpStatusCode Status, JsonNode? Json, string? ETag, string? Location, string Challenge)
    {
        public string Text(string field) => (string?)Json![field] ?? throw new JsonException($"No '{field}' in {Json}");

        public string[] Pointers => [.. Json!["errors"]!.AsArray().Select(error => (string)error!["pointer"]!)];
    }
}
