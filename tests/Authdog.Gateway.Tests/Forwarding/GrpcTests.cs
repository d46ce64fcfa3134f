using Authdog.Gateway.Tests.Hosting;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Gateway.Tests.Forwarding;

/// <summary>gRPC to an app without TLS and to one with it.</summary>
public sealed class GrpcTests(GrpcTests.Fixture fixture) : IClassFixture<GrpcTests.Fixture>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UnaryCallsPass_WithTrailers(bool tls)
    {
        using var channel = Channel(tls);
        using var call = channel.CreateCallInvoker().AsyncUnaryCall(EchoGrpc.UnaryMethod, null, default, "hello");
        (await call).ShouldBe("hello for nobody");
        call.GetTrailers().GetValue("checksum").ShouldBe("5");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StreamsPassInBothDirections_MessageByMessage(bool tls)
    {
        using var channel = Channel(tls);
        using var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(EchoGrpc.ChatMethod, null, new CallOptions(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(10)));
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
    public async Task AppLearnsWhoCalls_WhenTheCallHasASession()
    {
        var (cookie, _) = await fixture.Plain.SignInAsync("ada@example.com");
        using var channel = Channel(tls: false);
        (await channel.CreateCallInvoker().AsyncUnaryCall(EchoGrpc.UnaryMethod, null, new CallOptions(new Metadata { { "cookie", cookie } }), "hello")).ShouldBe("hello for ada@example.com");
    }

    [Fact]
    public async Task AppsOwnStatusPasses()
    {
        using var channel = Channel(tls: false);
        var failure = await Should.ThrowAsync<RpcException>(async () => await channel.CreateCallInvoker().AsyncUnaryCall(EchoGrpc.FailMethod, null, default, "broken"));
        failure.StatusCode.ShouldBe(StatusCode.FailedPrecondition);
        failure.Status.Detail.ShouldBe("broken");
    }

    private GrpcChannel Channel(bool tls) => GrpcChannel.ForAddress((tls ? fixture.Tls : fixture.Plain).Http2Url);

    public sealed class Fixture : IAsyncLifetime
    {
        private Upstream _upstream = null!;

        internal GatewayHost Plain { get; private set; } = null!;

        internal GatewayHost Tls { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _upstream = await Upstream.StartAsync(app => app.MapGrpcService<EchoGrpc>(), services => services.AddGrpc());
            Plain = await StartAsync(_upstream.Http2Url);
            Tls = await StartAsync(_upstream.TlsUrl);
        }

        public async ValueTask DisposeAsync()
        {
            await Plain.DisposeAsync();
            await Tls.DisposeAsync();
            await _upstream.DisposeAsync();
        }

        private static Task<GatewayHost> StartAsync(string upstream) => GatewayHost.StartAsync(new GatewayHostSettings()
            .Policy("maybe", "  - { name: maybe, effect: optional }")
            .Route(
                "grpc",
                "/{**all}",
                "maybe",
                upstream,
                ("Cluster:HttpRequest:Version", "2"),
                ("Cluster:HttpRequest:VersionPolicy", "RequestVersionExact"),
                ("Cluster:HttpClient:DangerousAcceptAnyServerCertificate", "true")));
    }
}
