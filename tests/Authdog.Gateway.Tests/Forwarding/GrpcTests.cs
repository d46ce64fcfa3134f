using Authdog.Gateway.Tests.Hosting;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Gateway.Tests.Forwarding;

/// <summary>gRPC to an app without TLS and to one with it.</summary>
public sealed class GrpcTests : IAsyncLifetime
{
    private Upstream _upstream = null!;
    private GatewayHost _plain = null!;
    private GatewayHost _tls = null!;

    public async ValueTask InitializeAsync()
    {
        _upstream = await Upstream.StartAsync(app => app.MapGrpcService<EchoGrpc>(), services => services.AddGrpc());
        _plain = await StartAsync(_upstream.Http2Url);
        _tls = await StartAsync(_upstream.TlsUrl);
    }

    public async ValueTask DisposeAsync()
    {
        await _plain.DisposeAsync();
        await _tls.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UnaryCallsPass_WithTrailers(bool tls)
    {
        using var channel = Channel(tls);
        using var call = channel.CreateCallInvoker().AsyncUnaryCall(EchoGrpc.Unary, null, default, "hello");
        (await call).ShouldBe("hello for nobody");
        call.GetTrailers().GetValue("checksum").ShouldBe("5");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StreamsPassInBothDirections_MessageByMessage(bool tls)
    {
        using var channel = Channel(tls);
        using var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(EchoGrpc.Chat, null, new CallOptions(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(10)));
        for (var i = 0; i < 3; i++)
        {
            await call.RequestStream.WriteAsync($"{i}");
            (await call.ResponseStream.MoveNext(CancellationToken.None)).ShouldBeTrue();
            call.ResponseStream.Current.ShouldBe($"echo {i}");
        }

        await call.RequestStream.CompleteAsync();
        (await call.ResponseStream.MoveNext(CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task AppsOwnStatusPasses()
    {
        using var channel = Channel(tls: false);
        var failure = await Should.ThrowAsync<RpcException>(async () => await channel.CreateCallInvoker().AsyncUnaryCall(EchoGrpc.Fail, null, default, "broken"));
        failure.StatusCode.ShouldBe(StatusCode.FailedPrecondition);
        failure.Status.Detail.ShouldBe("broken");
    }

    private static Task<GatewayHost> StartAsync(string upstream) => GatewayHost.StartAsync(new GatewayHostSettings()
        .PublicPolicy()
        .Route(
            "grpc",
            "/{**all}",
            "open",
            upstream,
            ("Cluster:HttpRequest:Version", "2"),
            ("Cluster:HttpRequest:VersionPolicy", "RequestVersionExact"),
            ("Cluster:HttpClient:DangerousAcceptAnyServerCertificate", "true")));

    private GrpcChannel Channel(bool tls) => GrpcChannel.ForAddress((tls ? _tls : _plain).Http2Url);
}
