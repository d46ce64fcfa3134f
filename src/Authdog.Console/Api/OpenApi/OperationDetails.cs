using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Authdog.Console.Api.OpenApi;

/// <summary>Adds to each operation what all of its kind have: the scope, the parameters that the gate reads, every refusal, and examples.</summary>
internal sealed class OperationDetails : IOpenApiOperationTransformer
{
    private static readonly Dictionary<int, string> s_refusals = new()
    {
        [400] = "The body is no JSON object, or a parameter cannot be read.",
        [401] = "No key, or one that works no more.",
        [403] = "The key does not have the scope, or is a tenant's where a global one is needed.",
        [404] = "There is nothing of this id that the key may see.",
        [409] = "It conflicts with what there is.",
        [412] = "It is not what If-Match asks for any more.",
        [413] = "The body is too large.",
        [415] = "The body is not JSON.",
        [422] = "The body has mistakes, each with its JSON pointer; or the idempotency key is another request's.",
        [429] = "Too many wrong keys from this network, or too many messages to this address.",
        [503] = "A store is away for the moment, or another change of the same is under way.",
    };

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var described = context.Description.ActionDescriptor.EndpointMetadata.OfType<ApiOperation>().Last();
        operation.Description = $"Scope: {described.Scope}.{(described.IsGlobal ? " Global keys only." : string.Empty)}";
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(DocumentFrame.Scheme, context.Document)] = [] }];
        operation.Parameters ??= [];
        foreach (var parameter in Parameters(context.Description.RelativePath ?? string.Empty, operation.OperationId ?? string.Empty, described.Kind))
        {
            operation.Parameters.Add(parameter);
        }

        var problem = await context.GetOrCreateSchemaAsync(typeof(ApiProblem), null, cancellationToken);
        operation.Responses ??= [];
        foreach (var status in Refusals(described, context.Description.RelativePath!))
        {
            operation.Responses[status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = s_refusals[status],
                Content = new Dictionary<string, OpenApiMediaType> { [ApiProblem.ContentType] = new() { Schema = problem, Example = Example(status) } },
            };
        }

        if (operation.RequestBody?.Content is { } bodies && described.Body is { } type && Examples.Of(type) is { } example)
        {
            foreach (var body in bodies.Values)
            {
                body.Example = example;
            }
        }
    }

    private static IEnumerable<OpenApiParameter> Parameters(string path, string name, ApiOperationKind kind)
    {
        if (kind is ApiOperationKind.Read && name is "listTenants" or "listUsers" or "listInvitations" or "listJoinRequests" or "listAudit")
        {
            yield return Query("limit", $"Items of a page, 1 to {ApiCursor.MaxLimit}.", new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = ApiCursor.MaxLimit.ToString(CultureInfo.InvariantCulture), Default = ApiCursor.DefaultLimit });
            yield return Query("cursor", "What the page before gave as 'next'.", Text());
        }

        if (name is "listUsers")
        {
            yield return Query("email", "Only the user of this address.", Text());
        }

        if (name is "listAudit")
        {
            yield return Query("user", "Only what concerns this user, by id (of an erased one too) or address, or what they did.", Text());
            yield return Query("event", "Only events of this kind, such as SignInFailed; may be repeated.", new OpenApiSchema { Type = JsonSchemaType.Array, Items = Text() });
            yield return Query("since", "Only events from then on.", Text());
            yield return Query("until", "Only events before that.", Text());
            yield return Query("address", "Only events that came from this client address.", Text());
            yield return Query("decision", "Only events with this decision id.", Text());
            yield return Query("newest", "Newest first.", new OpenApiSchema { Type = JsonSchemaType.Boolean, Default = false });
        }

        if (kind is ApiOperationKind.Create)
        {
            yield return Header(Idempotency.Header, "Name of this request: the same again under it gets the same answer for a day.");
        }

        if (kind is ApiOperationKind.Change or ApiOperationKind.Remove && name is not ("addUserRole" or "removeUserRole" or "addGroupRole" or "removeGroupRole" or "addGroupMember" or "removeGroupMember" or "revokeSessions" or "revokeSession" or "bindDomain" or "unbindDomain" or "revokeSetupLink" or "denyJoinRequest"))
        {
            yield return Header("If-Match", "ETag that was given with what is to be changed: another's change meanwhile is answered 412.");
        }
    }

    private static IEnumerable<int> Refusals(ApiOperation operation, string path)
    {
        int[] always = [400, 401, 403, 413, 429, 503];
        int[] found = path.Contains("{tenant}", StringComparison.Ordinal) ? [404] : [];
        int[] changes = operation.Kind switch
        {
            ApiOperationKind.Create => [409, 422],
            ApiOperationKind.Change => [409, 412],
            ApiOperationKind.Remove => [409, 412],
            _ => [],
        };
        int[] body = operation.Body is not null ? [415, 422] : [];
        return always.Concat(found).Concat(changes).Concat(body).Distinct().Order();
    }

    private static JsonObject Example(int status)
    {
        JsonObject example = new() { ["type"] = "urn:authdog:problem:example", ["title"] = "What happened", ["status"] = status, ["detail"] = "What you can do." };
        if (status == 422)
        {
            example["errors"] = new JsonArray(new JsonObject { ["pointer"] = "/email", ["detail"] = "This is no e-mail address." });
        }

        return example;
    }

    private static OpenApiParameter Query(string name, string description, OpenApiSchema schema) => new() { Name = name, In = ParameterLocation.Query, Description = description, Schema = schema };

    private static OpenApiParameter Header(string name, string description) => new() { Name = name, In = ParameterLocation.Header, Description = description, Schema = Text() };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };
}
