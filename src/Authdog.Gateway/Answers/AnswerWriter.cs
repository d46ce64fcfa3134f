using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Authdog.Identity.Pages;
using Microsoft.Net.Http.Headers;

namespace Authdog.Gateway.Answers;

/// <summary>Gives an <see cref="Answer"/> as a page, as problem+json (RFC 9457) or as gRPC trailers, and ends the response with it.</summary>
internal static class AnswerWriter
{
    public static Task WriteAsync(HttpContext context, Answer answer)
    {
        var response = context.Response;
        response.Clear();
        SecurityHeaders.Set(response.Headers);
        foreach (var (name, value) in answer.Fields)
        {
            response.Headers[name] = value;
        }

        switch (Asker.Of(context))
        {
            case AskerKind.Grpc:
                WriteGrpc(response, answer);
                return Task.CompletedTask;
            case AskerKind.Browser:
                return WritePageAsync(context, answer);
            default:
                WriteHead(response, answer, "application/problem+json");
                return WriteBodyAsync(context, Problem(answer));
        }
    }

    // The product's own page, in the reader's language; the plain one where it cannot be drawn.
    private static async Task WritePageAsync(HttpContext context, Answer answer)
    {
        if (context.RequestServices.GetService<ErrorPages>() is { } pages && KindOf(answer) is { } kind)
        {
            try
            {
                await pages.WriteAsync(context, kind, answer.Id, answer.Message, answer.Link, answer.Code == "unavailable" ? answer.Login : null);
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException && !context.Response.HasStarted)
            {
                context.Response.Clear();
                SecurityHeaders.Set(context.Response.Headers);
            }
        }

        var texts = context.RequestServices.GetService<PageLanguage>()?.Choose(context) ?? PageTexts.For(PageTexts.Available[0])!;
        WriteHead(context.Response, answer, "text/html; charset=utf-8");
        await WriteBodyAsync(context, AnswerPage.Render(answer, texts));
    }

    // Those whose words fit; a page that said less than the answer would help nobody.
    private static ErrorKind? KindOf(Answer answer) => answer.Code switch
    {
        "forbidden" => ErrorKind.Forbidden,
        "not-found" => ErrorKind.NotFound,
        "antiforgery" => ErrorKind.PageExpired,
        "internal" => ErrorKind.Failed,
        "unavailable" or "upstream-unavailable" => ErrorKind.Unavailable,
        "upstream-failed" => ErrorKind.BadGateway,
        "upstream-timeout" => ErrorKind.GatewayTimeout,
        _ when answer.Status == StatusCodes.Status413PayloadTooLarge => ErrorKind.TooLarge,
        _ => null,
    };

    // Trailers-only: one header block that carries the status, which every client reads, and no body.
    private static void WriteGrpc(HttpResponse response, Answer answer)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/grpc";
        response.Headers["grpc-status"] = ((int)answer.Grpc).ToString(CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = Uri.EscapeDataString($"{answer.Title} ({answer.Id})");
    }

    private static void WriteHead(HttpResponse response, Answer answer, string contentType)
    {
        response.StatusCode = answer.Status;
        response.ContentType = contentType;
        if (answer.Authenticate is not null)
        {
            response.Headers[HeaderNames.WWWAuthenticate] = answer.Authenticate;
        }

        if (answer.RetryAfter is { } after)
        {
            response.Headers[HeaderNames.RetryAfter] = ((int)Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }
    }

    private static Task WriteBodyAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    /// <summary>The answer as problem+json.</summary>
    public static ReadOnlyMemory<byte> Problem(Answer answer)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("type", $"urn:authdog:problem:{answer.Code}");
        json.WriteString("title", answer.Title);
        json.WriteNumber("status", answer.Status);
        json.WriteString("detail", answer.Detail);
        json.WriteString("id", answer.Id);
        if (answer.Message is not null)
        {
            json.WriteString("message", answer.Message);
        }

        if (answer.Link is not null)
        {
            json.WriteString("link", answer.Link);
        }

        if (answer.Challenge is not null)
        {
            json.WriteString("challenge", answer.Challenge);
        }

        if (answer.Login is not null)
        {
            json.WriteString("login", answer.Login);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
