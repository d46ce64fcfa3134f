using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Console.Api.OpenApi;

/// <summary>Registers and serves the OpenAPI document of the management API.</summary>
internal static class DocumentServices
{
    public static IServiceCollection AddManagementDocument(this IServiceCollection services)
    {
        // The document describes what the API writes: numbers are numbers.
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict);
        return services.AddOpenApi(options =>
        {
            options.ShouldInclude = description => description.ActionDescriptor.EndpointMetadata.OfType<ApiOperation>().Any();
            options.AddDocumentTransformer<DocumentFrame>();
            options.AddOperationTransformer<OperationDetails>();
        });
    }

    /// <summary>The document is no secret: it says what there is, to whom it is there it does not.</summary>
    public static void MapManagementDocument(this IEndpointRouteBuilder endpoints) => endpoints.MapOpenApi(ApiPaths.Document).AllowAnonymous();
}
