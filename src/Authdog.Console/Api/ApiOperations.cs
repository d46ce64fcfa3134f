using Authdog.Identity.Identifiers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Authdog.Console.Api;

/// <summary>Says of an endpoint what it is called, what it takes and gives, and what the key needs.</summary>
internal static class ApiOperations
{
    public static RouteHandlerBuilder Reads<TAnswer>(this RouteHandlerBuilder endpoint, string name, string summary, string scope) =>
        endpoint.Describe(name, summary, new ApiOperation(scope, ApiOperationKind.Read)).Produces<TAnswer>();

    public static RouteHandlerBuilder Creates<TBody, TAnswer>(this RouteHandlerBuilder endpoint, string name, string summary, string scope)
        where TBody : notnull =>
        endpoint.Describe(name, summary, new ApiOperation(scope, ApiOperationKind.Create) { Body = typeof(TBody) })
            .Accepts<TBody>(ApiJson.ContentType)
            .Produces<TAnswer>(StatusCodes.Status201Created);

    /// <summary>Something that is set going and gives what it concerns.</summary>
    public static RouteHandlerBuilder Does<TAnswer>(this RouteHandlerBuilder endpoint, string name, string summary, string scope) =>
        endpoint.Describe(name, summary, new ApiOperation(scope, ApiOperationKind.Create)).Produces<TAnswer>();

    public static RouteHandlerBuilder Changes<TBody, TAnswer>(this RouteHandlerBuilder endpoint, string name, string summary, string scope)
        where TBody : notnull =>
        endpoint.Describe(name, summary, new ApiOperation(scope, ApiOperationKind.Change) { Body = typeof(TBody) })
            .Accepts<TBody>(ApiJson.ContentType)
            .Produces<TAnswer>();

    /// <summary>A change that needs no body: the address says all.</summary>
    public static RouteHandlerBuilder Sets(this RouteHandlerBuilder endpoint, string name, string summary, string scope) =>
        endpoint.Describe(name, summary, new ApiOperation(scope, ApiOperationKind.Change)).Produces(StatusCodes.Status204NoContent);

    /// <summary>The same where the answer tells what came of it.</summary>
    public static RouteHandlerBuilder Sets<TAnswer>(this RouteHandlerBuilder endpoint, string name, string summary, string scope) =>
        endpoint.Describe(name, summary, new ApiOperation(scope, ApiOperationKind.Change)).Produces<TAnswer>();

    public static RouteHandlerBuilder Removes(this RouteHandlerBuilder endpoint, string name, string summary, string scope) =>
        endpoint.Describe(name, summary, new ApiOperation(scope, ApiOperationKind.Remove)).Produces(StatusCodes.Status204NoContent);

    /// <summary>Only a global key may.</summary>
    public static RouteHandlerBuilder GlobalOnly(this RouteHandlerBuilder endpoint)
    {
        endpoint.Add(static builder =>
        {
            var operation = builder.Metadata.OfType<ApiOperation>().Last();
            builder.Metadata.Add(operation with { IsGlobal = true });
        });
        return endpoint;
    }

    /// <summary>Reads an id of the path; false when the text is none, which is the same as an id that is unknown.</summary>
    public static bool TryId(string text, out Guid id)
    {
        var parsed = UserId.TryParse(text, out var user);
        id = user.Value;
        return parsed;
    }

    private static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, string name, string summary, ApiOperation operation) =>
        endpoint.WithName(name).WithSummary(summary).WithMetadata(operation);
}
