using System.Net;
using System.Text.Json.Nodes;
using Authdog.Console.Api;
using Authdog.Console.Api.OpenApi;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Console.Tests.Api;

/// <summary>The OpenAPI document says what there is: every operation, and none besides.</summary>
[Collection(ApiCollection.Name)]
public sealed class ApiDocumentTests(ApiHost host)
{
    [Fact]
    public async Task DocumentAndEndpointsAgree()
    {
        var document = await DocumentAsync();
        var written = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}"));
        var mapped = from endpoint in host.Endpoints
                     where endpoint.Metadata.GetMetadata<ApiOperation>() is not null
                     from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
                     select $"{method} {endpoint.RoutePattern.RawText!.TrimEnd('/')}";

        written.Order().ShouldBe(mapped.Order());
    }

    [Fact]
    public async Task EveryOperationIsComplete()
    {
        var document = await DocumentAsync();
        document["components"]!["securitySchemes"]!["apiKey"]!["scheme"]!.GetValue<string>().ShouldBe("bearer");
        List<string> missing = [];
        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                var name = $"{method} {path}";
                Need(operation!["operationId"] is not null && operation["summary"] is not null && operation["tags"] is not null, $"{name}: name, summary, tag");
                Need((string?)operation["description"] is { } text && text.StartsWith("Scope: ", StringComparison.Ordinal), $"{name}: scope");
                Need(operation["security"]?[0]?["apiKey"] is JsonArray, $"{name}: security");
                var responses = operation["responses"]!.AsObject();
                Need(responses.Any(response => response.Key[0] == '2' && (response.Key == "204" || response.Value!["content"]?["application/json"]?["schema"] is not null)), $"{name}: answer");
                foreach (var status in new[] { "400", "401", "403", "429", "503" })
                {
                    Need(responses[status]?["content"]?["application/problem+json"]?["schema"] is not null, $"{name}: {status}");
                }

                Need(!path.Contains("{tenant}", StringComparison.Ordinal) || responses["404"] is not null, $"{name}: 404");
                Need(operation["requestBody"] is null || operation["requestBody"]!["content"]?["application/json"]?["example"] is not null, $"{name}: example of the body");
                foreach (var parameter in System.Text.RegularExpressions.Regex.Matches(path, @"\{(\w+)\}").Select(match => match.Groups[1].Value))
                {
                    Need(operation["parameters"]!.AsArray().Any(said => (string?)said!["name"] == parameter && (string?)said["in"] == "path"), $"{name}: parameter {parameter}");
                }
            }
        }

        missing.ShouldBeEmpty();

        void Need(bool holds, string what)
        {
            if (!holds)
            {
                missing.Add(what);
            }
        }
    }

    [Fact]
    public void EveryBodyHasAnExample() =>
        host.Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<ApiOperation>()?.Body).OfType<Type>().Distinct().ShouldAllBe(body => Examples.Of(body) != null);

    [Fact]
    public async Task EveryExampleIsTaken_WhenItIsSent()
    {
        (await host.SendAsync("POST", "tenants", host.GlobalKey, Example("TenantCreation", "id", "examples"))).Status.ShouldBe(HttpStatusCode.Created);
        (await host.SendAsync("PATCH", "tenants/examples", host.GlobalKey, Example("TenantUpdate"))).Status.ShouldBe(HttpStatusCode.OK);
        (await host.SendAsync("PUT", "tenants/examples/roles/admin", host.GlobalKey, Example("RoleChange"))).Status.ShouldBe(HttpStatusCode.OK);
        var user = await host.SendAsync("POST", "tenants/examples/users", host.GlobalKey, Example("UserCreation"));
        user.Status.ShouldBe(HttpStatusCode.Created);
        (await host.SendAsync("PATCH", user.Location!, host.GlobalKey, Example("UserChange"))).Status.ShouldBe(HttpStatusCode.OK);
        (await host.SendAsync("POST", "tenants/examples/connections", host.GlobalKey, Example("ConnectionCreation"))).Status.ShouldBe(HttpStatusCode.Created);
        (await host.SendAsync("PATCH", "tenants/examples/connections/okta", host.GlobalKey, Example("ConnectionUpdate"))).Status.ShouldBe(HttpStatusCode.OK);
        (await host.SendAsync("POST", "tenants/examples/setup-links", host.GlobalKey, Example("SetupLinkCreation"))).Status.ShouldBe(HttpStatusCode.Created);
        (await host.SendAsync("PUT", "tenants/examples/domains/acme.example.com", host.GlobalKey, Example("DomainUpdate"))).Status.ShouldBe(HttpStatusCode.OK);
        (await host.SendAsync("POST", "tenants/examples/groups", host.GlobalKey, Example("GroupCreation"))).Status.ShouldBe(HttpStatusCode.Created);
        (await host.SendAsync("POST", "tenants/examples/invitations", host.GlobalKey, Example("InvitationCreation"))).Status.ShouldBe(HttpStatusCode.Created);
    }

    private static string Example(string body, string? field = null, string? value = null)
    {
        var type = typeof(ApiOperation).Assembly.GetTypes().Single(type => type.Name == body);
        var example = Examples.Of(type)!.AsObject();
        if (field is not null)
        {
            example[field] = value;
        }

        return example.ToJsonString();
    }

    private async Task<JsonNode> DocumentAsync() => (await host.SendAsync("GET", "/.authdog/api/openapi.json", null)).Json.ShouldNotBeNull();
}
