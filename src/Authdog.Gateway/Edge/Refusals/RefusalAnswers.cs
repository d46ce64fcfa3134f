using System.Globalization;
using System.Text;
using Authdog.Gateway.Answers;
using Authdog.Identity.Pages;

namespace Authdog.Gateway.Edge.Refusals;

/// <summary>The words for what the server refuses, by its status.</summary>
internal static class RefusalAnswers
{
    private const string Empty = "Content-Length: 0\r\n";

    public static Answer Of(int status, string id) => status switch
    {
        405 => new Answer(405, "method-not-allowed", "Method not allowed", "The request's method does not go with its target.", id),
        408 => new Answer(408, "request-timeout", "Request timeout", "The request did not arrive in time.", id),
        411 => new Answer(411, "length-required", "Length required", "The request has a body without a length.", id),
        413 => new Answer(413, "too-large", "Too large", "The request is larger than this address takes.", id),
        414 => new Answer(414, "target-too-long", "Address too long", "The address of this request is longer than is accepted here.", id),
        431 => new Answer(431, "headers-too-large", "Headers too large", "The request has more or larger header fields than are accepted here.", id),
        505 => new Answer(505, "http-version", "HTTP version not supported", "Only HTTP/1.0, HTTP/1.1, HTTP/2 and HTTP/3 are spoken here.", id),
        _ => new Answer(status, "malformed-request", "Malformed request", "The request is not sound HTTP.", id),
    };

    /// <summary>The server's answer with a body; the very same when it is not one without.</summary>
    /// <param name="head">What the server wrote.</param>
    /// <param name="answer">The answer to give.</param>
    /// <param name="page">Language of the page that a browser gets; null for problem+json.</param>
    /// <param name="isHead">Whether no body may follow.</param>
    public static ReadOnlyMemory<byte> Complete(ReadOnlyMemory<byte> head, Answer answer, PageTexts? page, bool isHead)
    {
        var text = Encoding.Latin1.GetString(head.Span);
        var isBare = text.StartsWith(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {answer.Status} "), StringComparison.Ordinal)
            && text.EndsWith("\r\n\r\n", StringComparison.Ordinal)
            && text.IndexOf("\r\n\r\n", StringComparison.Ordinal) == text.Length - 4
            && text.Contains("\r\n" + Empty, StringComparison.Ordinal);
        if (!isBare)
        {
            return head;
        }

        var (type, body) = page is null ? ("application/problem+json", AnswerWriter.Problem(answer)) : ("text/html; charset=utf-8", AnswerPage.Render(answer, page));
        var headers = new HeaderDictionary();
        SecurityHeaders.Set(headers);
        var fields = string.Concat(headers.Select(field => $"{field.Key}: {field.Value}\r\n"));
        var length = string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\nContent-Type: {type}\r\n");
        var whole = Encoding.Latin1.GetBytes(text.Replace(Empty, length + fields, StringComparison.Ordinal));
        return isHead ? whole : (byte[])[.. whole, .. body.Span];
    }
}
