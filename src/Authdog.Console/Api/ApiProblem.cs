using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Authdog.Console.Api;

/// <summary>A refusal as problem details (RFC 9457).</summary>
/// <param name="Type">Stable name of the problem: <c>urn:authdog:problem:…</c>.</param>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Detail">What the reader can do.</param>
/// <param name="Id">The request's trace, which the log has too.</param>
/// <param name="Errors">What is wrong with a body or a parameter.</param>
internal sealed record ApiProblem(string Type, string Title, int Status, string Detail, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Id, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<FieldError>? Errors)
{
    public const string ContentType = "application/problem+json";

    /// <summary>The answer for something that there is not, or that this key may not know of: nobody can tell the two apart (I10).</summary>
    public static ApiAnswer NotFound() => Answer(404, "not-found", "Not found", "There is nothing of this id here that this key may see.");

    /// <summary>The answer for something that is there already.</summary>
    public static ApiAnswer Conflict(string detail) => Answer(409, "conflict", "It conflicts with what there is", detail);

    /// <summary>The answer for a parameter of the query that cannot be read.</summary>
    public static ApiAnswer Parameter(string name, string detail) => Answer(400, "invalid-parameter", "A parameter cannot be read", $"'{name}': {detail}");

    public static ApiAnswer Answer(int status, string code, string title, string detail, IReadOnlyList<FieldError>? errors = null) => new(
        status,
        JsonSerializer.SerializeToUtf8Bytes(new ApiProblem($"urn:authdog:problem:{code}", title, status, detail, Activity.Current?.TraceId.ToString(), errors), ApiJson.Options),
        ContentType);
}
