using Authdog.Gateway.Answers;
using Microsoft.AspNetCore.Http;

namespace Authdog.Gateway.Tests.Answers;

public sealed class AskerTests
{
    private const string BrowserAccept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    [Theory]
    [InlineData("GET", BrowserAccept, null, nameof(AskerKind.Browser))]
    [InlineData("POST", BrowserAccept, null, nameof(AskerKind.Browser))]
    [InlineData("PUT", BrowserAccept, null, nameof(AskerKind.Program))]
    [InlineData("GET", "*/*", null, nameof(AskerKind.Program))]
    [InlineData("GET", null, null, nameof(AskerKind.Program))]
    [InlineData("GET", "application/json, text/html;q=0.5", null, nameof(AskerKind.Program))]
    [InlineData("GET", "text/html;q=0", null, nameof(AskerKind.Program))]
    [InlineData("GET", "garbage;;;,,,", null, nameof(AskerKind.Program))]
    [InlineData("GET", BrowserAccept, "X-Requested-With: XMLHttpRequest", nameof(AskerKind.Program))]
    [InlineData("GET", BrowserAccept, "Sec-Fetch-Mode: cors", nameof(AskerKind.Program))]
    [InlineData("GET", BrowserAccept, "Sec-Fetch-Mode: no-cors", nameof(AskerKind.Program))]
    [InlineData("GET", "*/*", "Sec-Fetch-Mode: navigate", nameof(AskerKind.Browser))]
    [InlineData("GET", BrowserAccept, "Upgrade: websocket", nameof(AskerKind.Program))]
    [InlineData("POST", BrowserAccept, "Content-Type: application/grpc+proto", nameof(AskerKind.Grpc))]
    public void Tells_ByFetchMetadataThenAccept(string method, string? accept, string? header, string kind)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Headers.Accept = accept;
        if (header is not null)
        {
            context.Request.Headers[header.Split(": ")[0]] = header.Split(": ")[1];
        }

        Asker.Of(context).ToString().ShouldBe(kind);
    }
}
