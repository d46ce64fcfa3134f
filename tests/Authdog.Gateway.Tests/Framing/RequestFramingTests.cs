using Authdog.Gateway.Tests.Hosting;

namespace Authdog.Gateway.Tests.Framing;

/// <summary>Requests over HTTP/1.1, byte by byte: where one ends is never in doubt, and each is judged on its own.</summary>
[Trait("Threat", "B19")]
public sealed class RequestFramingTests : IClassFixture<FramingFixture>
{
    private const string Smuggled = "GET /members/secret HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private const string Chunked = "Transfer-Encoding: chunked\r\n";
    private readonly WireUpstream _upstream;
    private readonly GatewayHost _gateway;

    public RequestFramingTests(FramingFixture fixture)
    {
        (_upstream, _gateway) = (fixture.Upstream, fixture.Gateway);
        _upstream.Reset();
    }

    [Theory]
    [InlineData("Content-Length: 54\r\nTransfer-Encoding: chunked\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n")]
    [InlineData("Transfer-Encoding: xchunked\r\n")]
    [InlineData("Transfer-Encoding: chunked, identity\r\n")]
    [InlineData("Transfer-Encoding: identity, chunked\r\n")]
    [InlineData("Transfer-Encoding: gzip, chunked\r\n")]
    [InlineData("Transfer-Encoding: chunked, chunked\r\n")]
    [InlineData("Transfer-Encoding: chunked,\r\n")]
    [InlineData("Transfer-Encoding: ,chunked\r\n")]
    [InlineData("Transfer-Encoding: chunked;q=1\r\n")]
    [InlineData("Transfer-Encoding: \"chunked\"\r\n")]
    [InlineData("Transfer-Encoding: identity\r\n")]
    [InlineData("Transfer-Encoding:\r\n")]
    [InlineData("Transfer-Encoding: \vchunked\r\n")]
    [InlineData("Transfer-Encoding: chunked\v\r\n")]
    [InlineData("Transfer-Encoding: chunked\f\r\n")]
    [InlineData("Transfer-Encoding: chunked\u00a0\r\n")]
    [InlineData("Transfer-Encoding: \u0085chunked\r\n")]
    [InlineData("Transfer-Encoding: c\thunked\r\n")]
    [InlineData("Transfer-Encoding: chunked\u017f\r\n")]
    [InlineData("Transfer-Encoding: \u212Ahunked\r\n")]
    [InlineData("Transfer-Encoding: chunk\0ed\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n")]
    [InlineData("Transfer-Encoding: x\r\nTransfer-Encoding: chunked\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")]
    [InlineData("Transfer-Encoding:\r\n chunked\r\n")]
    [InlineData("Transfer-Encoding : chunked\r\n")]
    [InlineData("Transfer-Encoding\t: chunked\r\n")]
    [InlineData("Transfer_Encoding: chunked\r\nContent-Length: 54\r\n")]
    [InlineData("X-A: b\rTransfer-Encoding: chunked\r\n")]
    [InlineData("X-A: b\nTransfer-Encoding: chunked\r\n")]
    [InlineData("X-A: b\r\n Transfer-Encoding: chunked\r\n")]
    [InlineData("Content-Length: 5,5\r\n")]
    [InlineData("Content-Length: 5, 5\r\n")]
    [InlineData("Content-Length: 5 5\r\n")]
    [InlineData("Content-Length: 0x5\r\n")]
    [InlineData("Content-Length: 5.0\r\n")]
    [InlineData("Content-Length: 5;\r\n")]
    [InlineData("Content-Length: -1\r\n")]
    [InlineData("Content-Length: +5\r\n")]
    [InlineData("Content-Length: +0\r\n")]
    [InlineData("Content-Length: 5\v\r\n")]
    [InlineData("Content-Length: (5)\r\n")]
    [InlineData("Content-Length: 5\u00b2\r\n")]
    [InlineData("Content-Length:\r\n")]
    [InlineData("Content-Length: 9223372036854775808\r\n")]
    [InlineData("Content-Length: 99999999999999999999\r\n")]
    [InlineData("Content-Length: 5\r\nContent-Length: 5\r\n")]
    [InlineData("Content-Length: 5\r\nContent-Length: 0\r\n")]
    [InlineData("Content-Length : 5\r\n")]
    [InlineData("Content-Length: 5\r\nfoo\r\n")]
    [InlineData("Content-Length: 5\r\n: foo\r\n")]
    [InlineData("Connection: Content-Length\r\nContent-Length: 5\r\n")]
    [InlineData("Connection: Transfer-Encoding\r\nTransfer-Encoding: chunked\r\n")]
    public async Task RequestIsRefused_WhenItsLengthIsInDoubt(string headers)
    {
        var answers = await AskAsync(Post(headers, "0\r\n\r\n" + Smuggled));
        answers[0].ShouldStartWith("HTTP/1.1 400");
        answers.ShouldAllBe(answer => !answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal));
        _upstream.Heads.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("GET /a HTTP/1.1\nHost: localhost\n\n")]
    [InlineData("GET /a HTTP/1.1\nHost: localhost\r\n\r\n")]
    [InlineData("GET /a HTTP/1.1\r\nHost: localhost\nX-A: b\r\n\r\n")]
    [InlineData("GET /a HTTP/1.1\r\nHost: localhost\r\n\n")]
    [InlineData("GET /a HTTP/1.1\r\nHost: localhost\r\nX-A: b\r\r\n\r\n")]
    [InlineData("GET /a\r HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /a HTTP/1.1\r\nHost: localhost\r\nX-A: b\0c\r\n\r\n")]
    [InlineData("GET /a HTTP/1.1\r\nHost: localhost\r\nX-A: b\r\n c\r\n\r\n")]
    [InlineData("GET /a HTTP/1.1\r\n Host: localhost\r\n\r\n")]
    [InlineData("GET  /a HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET\t/a\tHTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /a\r\n")]
    [InlineData("G!T /a HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("get /a HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("TRACE /a HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("CONNECT localhost:80 HTTP/1.1\r\nHost: localhost:80\r\n\r\n")]
    [InlineData("CONNECT /a HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("POST /a HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("POST /a HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("POST /a HTTP/1.0\r\nHost: localhost\r\n\r\n12345")]
    [InlineData("GET /a HTTP/1.2\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /a http/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /a HTTP/2.0\r\nHost: localhost\r\n\r\n")]
    public async Task RequestIsRefused_WhenItsHeadIsNoHead(string request)
    {
        var answer = (await AskAsync(request))[0];
        (answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 505", StringComparison.Ordinal)).ShouldBeTrue(answer);
        answer.ShouldContain("Connection: close");
        _upstream.Heads.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("5;a\n12345\r\n0\r\n\r\n")]
    [InlineData("5;a\rb\r\n12345\r\n0\r\n\r\n")]
    [InlineData("5\n12345\r\n0\r\n\r\n")]
    [InlineData("5\r\n12345\n0\r\n\r\n")]
    [InlineData("5\r\n123456\r\n0\r\n\r\n")]
    [InlineData("0x5\r\n12345\r\n0\r\n\r\n")]
    [InlineData("+5\r\n12345\r\n0\r\n\r\n")]
    [InlineData("-5\r\n12345\r\n0\r\n\r\n")]
    [InlineData(" 5\r\n12345\r\n0\r\n\r\n")]
    [InlineData("5 \r\n12345\r\n0\r\n\r\n")]
    [InlineData("0000000000000005\r\n12345\r\n0\r\n\r\n")]
    [InlineData("100000005\r\n12345\r\n0\r\n\r\n")]
    [InlineData("FFFFFFFF00000005\r\n12345\r\n0\r\n\r\n")]
    [InlineData("FFFFFFFFFFFFFFFF\r\n12345\r\n0\r\n\r\n")]
    [InlineData("5\r\n12345\r\n0\r\nX-A: b\nX-B: c\r\n\r\n")]
    [InlineData("5\r\n12345\r\n0\r\n X-A: b\r\n\r\n")]
    [InlineData("5\r\n12345\r\n0\r\nX-A : b\r\n\r\n")]
    [InlineData("5\r\n12345\r\n0\r\nX-A\r\n\r\n")]
    [InlineData("5\r\n12345\r\n00\n\r\n")]
    [InlineData("\r\n12345\r\n0\r\n\r\n")]
    public async Task RequestNeverEndsAtTheApp_WhenAChunkIsNotSound(string body)
    {
        var answers = await AskAsync(Post(Chunked, body + Smuggled));
        answers.ShouldHaveSingleItem().ShouldStartWith("HTTP/1.1 400");
        _upstream.Requests.ShouldBeEmpty();
        NothingSmuggled();
    }

    [Fact]
    public async Task ChunksArriveAsChunks_WithoutTheirExtensionsAndTrailers()
    {
        var request = Post(Chunked, "5;a=b;c=\"d\"\r\n12345\r\n0;x\r\nContent-Length: 3\r\nX-Authdog-User: evil\r\nX-T: 1\r\n\r\n");
        (await AskAsync(request))[0].ShouldStartWith("HTTP/1.1 200");
        var received = _upstream.Take();
        received.Header("Transfer-Encoding").ShouldBe("chunked");
        received.Header("Content-Length").ShouldBeNull();
        received.Body.ShouldBe("5\r\n12345\r\n0\r\n\r\n");
    }

    [Theory]
    [InlineData("Transfer-Encoding:chunked")]
    [InlineData("Transfer-Encoding:\tchunked \t ")]
    [InlineData("Transfer-Encoding: Chunked")]
    [InlineData("TRANSFER-ENCODING: chunked")]
    public async Task ChunksArriveAsChunks_WhateverBlanksAreAroundTheirCoding(string header)
    {
        (await AskAsync(Post(header + "\r\n", "5\r\n12345\r\n0\r\n\r\n")))[0].ShouldStartWith("HTTP/1.1 200");
        var received = _upstream.Take();
        received.Header("Transfer-Encoding").ShouldBe("chunked");
        received.Header("Content-Length").ShouldBeNull();
        received.Body.ShouldBe("5\r\n12345\r\n0\r\n\r\n");
    }

    [Theory]
    [InlineData("POST", "Content-Length: 5\r\n", "12345", "5")]
    [InlineData("POST", "Content-Length: 0\r\n", "", "0")]
    [InlineData("POST", "", "", "0")]
    [InlineData("PUT", "", "", "0")]
    [InlineData("DELETE", "Content-Length: 5\r\n", "12345", "5")]
    [InlineData("GET", "Content-Length: 5\r\n", "12345", "5")]
    [InlineData("GET", "", "", null)]
    [InlineData("PROPFIND", "Content-Length: 5\r\n", "12345", "5")]
    [InlineData("POST", "Content-Length:   5  \r\n", "12345", "5")]
    [InlineData("POST", "Content-Length: 0005\r\n", "12345", "5")]
    [InlineData("POST", "Content-Length: 5\r\nX-Content-Length: 9\r\n", "12345", "5")]
    public async Task LengthArrivesAsLength_InItsPlainForm(string method, string headers, string body, string? length)
    {
        (await AskAsync($"{method} /a HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n{body}"))[0].ShouldStartWith("HTTP/1.1 200");
        var received = _upstream.Take();
        received.Line.ShouldBe($"{method} /a HTTP/1.1");
        received.Header("Content-Length").ShouldBe(length);
        received.Header("Transfer-Encoding").ShouldBeNull();
        received.Body.ShouldBe(body);
    }

    [Fact]
    public async Task EmptyChunkedBodyStaysChunked()
    {
        (await AskAsync(Post(Chunked, "0\r\n\r\n")))[0].ShouldStartWith("HTTP/1.1 200");
        _upstream.Take().Body.ShouldBe("0\r\n\r\n");
    }

    [Fact]
    public async Task RequestInsideABody_StaysABody()
    {
        (await AskAsync(Post($"Content-Length: {Smuggled.Length}\r\n", Smuggled))).ShouldHaveSingleItem().ShouldStartWith("HTTP/1.1 200");
        _upstream.Take().Body.ShouldBe(Smuggled);

        (await AskAsync(Post(Chunked, $"{Smuggled.Length:x}\r\n{Smuggled}\r\n0\r\n\r\n"))).ShouldHaveSingleItem().ShouldStartWith("HTTP/1.1 200");
        _upstream.Take().Body.ShouldBe($"{Smuggled.Length:x}\r\n{Smuggled}\r\n0\r\n\r\n");
    }

    [Fact]
    public async Task PipelinedRequestsAreJudgedOneByOne_AndAnsweredInOrder()
    {
        var answers = await AskAsync(Post("Content-Length: 5\r\n", "12345") + Smuggled + "HEAD /h HTTP/1.1\r\nHost: localhost\r\n\r\nGET /a%2fb HTTP/1.1\r\nHost: localhost\r\n\r\nGET /last HTTP/1.1\r\nHost: localhost\r\n\r\n", headAt: 2);
        answers.Select(answer => answer[9..12]).ShouldBe(["200", "401", "200", "400", "200"]);
        _upstream.Requests.Select(request => request.Line).ShouldBe(["POST /a HTTP/1.1", "HEAD /h HTTP/1.1", "GET /last HTTP/1.1"]);
    }

    [Fact]
    public async Task WhatFollowsABody_IsJudgedAsARequest()
    {
        var answers = await AskAsync(Post("Content-Length: 5\r\n", "12345garbage\r\n\r\n"));
        answers.Select(answer => answer[9..12]).ShouldBe(["200", "400"]);
        _upstream.Take().Body.ShouldBe("12345");
    }

    [Theory]
    [InlineData("200-ok", "417", null)]
    [InlineData("y 100-continue", "417", null)]
    [InlineData("100-continue\r\nExpect: y", "417", null)]
    [InlineData("100-Continue", "200", "100-Continue")]
    public async Task OnlyContinueCanBeExpected(string expect, string status, string? arrives)
    {
        (await AskAsync(Post($"Expect: {expect}\r\nContent-Length: 5\r\n", "12345")))[0].ShouldStartWith($"HTTP/1.1 {status}");
        if (arrives is null)
        {
            _upstream.Heads.ShouldBeEmpty();
        }
        else
        {
            _upstream.Take().Header("Expect").ShouldBe(arrives);
        }
    }

    [Fact]
    public async Task NothingIsExpected_WhenThereIsNoBody()
    {
        (await AskAsync("GET /a HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n\r\n"))[0].ShouldStartWith("HTTP/1.1 200");
        _upstream.Take().Header("Expect").ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("Expect: 100-continue\r\n")]
    public async Task RestOfABody_IsNoRequest_WhenTheAppAnswersBeforeItsEnd(string expect)
    {
        (_upstream.AnswersEarly, _upstream.Answer) = (true, _ => "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        using var client = await RawClient.ConnectAsync(_gateway.Url.Port);
        await client.SendAsync(Post($"{expect}Content-Length: {Smuggled.Length}\r\n", Smuggled[..10]));
        await ReachAsync("POST /a");
        await client.SendAsync(Smuggled[10..]);
        var answer = await client.ReadAnswerAsync();
        (answer!.StartsWith("HTTP/1.1 100", StringComparison.Ordinal) ? await client.ReadAnswerAsync() : answer)!.ShouldStartWith("HTTP/1.1 403");

        _upstream.Reset();
        (await AskAsync("GET /next HTTP/1.1\r\nHost: localhost\r\n\r\n"))[0].ShouldEndWith("ok");
        _upstream.Heads.ShouldHaveSingleItem().ShouldStartWith("GET /next");
    }

    [Theory]
    [InlineData("Content-Length: 500\r\n", "12345")]
    [InlineData("Transfer-Encoding: chunked\r\n", "5\r\n12345\r\n")]
    public async Task ConnectionIsNotUsedAgain_WhenABodyWasNotSentToItsEnd(string headers, string body)
    {
        _upstream.AnswersEarly = true;
        using (var client = await RawClient.ConnectAsync(_gateway.Url.Port))
        {
            await client.SendAsync(Post(headers, body));
            await ReachAsync("POST /a");
        }

        var before = _upstream.Connections;
        _upstream.AnswersEarly = false;
        (await AskAsync("GET /next HTTP/1.1\r\nHost: localhost\r\n\r\n"))[0].ShouldEndWith("ok");
        _upstream.Take().ShouldSatisfyAllConditions(request => request.Line.ShouldBe("GET /next HTTP/1.1"), request => request.Connection.ShouldBeGreaterThan(before));
    }

    private static string Post(string headers, string body) => $"POST /a HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n{body}";

    // The last request ends the connection, and no upstream gets it: its answer tells that nothing before it was left out.
    private async Task<List<string>> AskAsync(string bytes, int headAt = -1)
    {
        using var client = await RawClient.ConnectAsync(_gateway.Url.Port);
        await client.SendAsync(bytes + "GET /.authdog/end HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        List<string> answers = [];
        while (await client.ReadAnswerAsync(hasBody: answers.Count != headAt) is { } answer)
        {
            answers.Add(answer);
        }

        if (answers[^1].StartsWith("HTTP/1.1 404", StringComparison.Ordinal))
        {
            answers.RemoveAt(answers.Count - 1);
        }

        NothingSmuggled();
        return answers;
    }

    private async Task ReachAsync(string line)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!_upstream.Heads.Any(head => head.StartsWith(line, StringComparison.Ordinal)))
        {
            await Task.Delay(5, bound.Token);
        }
    }

    private void NothingSmuggled() => _upstream.Heads.ShouldAllBe(head => !head.StartsWith("GET /members", StringComparison.Ordinal));
}
