using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Authdog.Console.Api;

/// <summary>What a handler answers, as bytes, so that it can be kept and given again (<see cref="Idempotency"/>).</summary>
internal sealed record ApiAnswer(int Status, byte[] Body, string? ContentType) : IResult
{
    /// <summary>Address of what was made.</summary>
    public string? Location { get; init; }

    /// <summary>Version of what the body shows.</summary>
    public string? ETag { get; init; }

    /// <summary>Challenge of a 401.</summary>
    public string? Authenticate { get; init; }

    /// <summary>Seconds after which trying again may help.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Whether the body holds a secret that is kept nowhere: the same request under the same idempotency key is refused then, not answered again.</summary>
    public bool IsSecret { get; init; }

    public static ApiAnswer NoContent { get; } = new(StatusCodes.Status204NoContent, [], null);

    /// <summary>A resource with its version.</summary>
    public static ApiAnswer Ok(object resource) => new(StatusCodes.Status200OK, ApiJson.Write(resource), ApiJson.ContentType) { ETag = ApiJson.Tag(resource) };

    /// <summary>A page of a list.</summary>
    public static ApiAnswer Page(object page) => new(StatusCodes.Status200OK, ApiJson.Write(page), ApiJson.ContentType);

    /// <summary>Something new.</summary>
    public static ApiAnswer Created(string location, object resource) => Ok(resource) with { Status = StatusCodes.Status201Created, Location = location };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        Set(HeaderNames.Location, Location);
        Set(HeaderNames.ETag, ETag);
        Set(HeaderNames.WWWAuthenticate, Authenticate);
        Set(HeaderNames.RetryAfter, RetryAfter?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (ContentType is not null)
        {
            response.ContentType = ContentType;
            response.ContentLength = Body.Length;
            await response.Body.WriteAsync(Body, httpContext.RequestAborted);
        }

        void Set(string header, string? value)
        {
            if (value is not null)
            {
                response.Headers[header] = value;
            }
        }
    }
}
