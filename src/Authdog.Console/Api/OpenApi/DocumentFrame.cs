using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Authdog.Console.Api.OpenApi;

/// <summary>What the document says of the API as a whole.</summary>
internal sealed class DocumentFrame : IOpenApiDocumentTransformer
{
    /// <summary>Name of the security scheme.</summary>
    public const string Scheme = "apiKey";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Authdog Gateway management API",
            Version = "1",
            Description = "Tenants and their users, roles, groups, invitations, domains, connections and audit record. A key is made by the command 'api-key add'. Lists are pages (limit, cursor); changes take If-Match; a POST takes Idempotency-Key; refusals are problem details (RFC 9457).",
        };
        document.Servers = [new OpenApiServer { Url = "/", Description = "The gateway that serves this document." }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "adk_…",
            Description = "A key of the management API, with the scope that the operation names.",
        };
        return Task.CompletedTask;
    }
}
