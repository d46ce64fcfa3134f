using System.Diagnostics.CodeAnalysis;
using System.Text;
using Grpc.Core;

namespace Authdog.Gateway.Tests.Hosting;

/// <summary>A gRPC app by hand, without generated code: one unary call, one in both directions, one that fails.</summary>
[SuppressMessage("Performance", "CA1852", Justification = "The framework binds virtual methods alone.")]
[BindServiceMethod(typeof(EchoGrpc), nameof(Bind))]
internal class EchoGrpc
{
    private static readonly Marshaller<string> s_text = new(Encoding.UTF8.GetBytes, Encoding.UTF8.GetString);

    public static Method<string, string> UnaryMethod { get; } = new(MethodType.Unary, "test.Echo", "Unary", s_text, s_text);

    public static Method<string, string> ChatMethod { get; } = new(MethodType.DuplexStreaming, "test.Echo", "Chat", s_text, s_text);

    public static Method<string, string> FailMethod { get; } = new(MethodType.Unary, "test.Echo", "Fail", s_text, s_text);

    public static void Bind(ServiceBinderBase binder, EchoGrpc? service)
    {
        binder.AddMethod(UnaryMethod, service is null ? null! : new UnaryServerMethod<string, string>(service.Unary));
        binder.AddMethod(ChatMethod, service is null ? null! : new DuplexStreamingServerMethod<string, string>(service.Chat));
        binder.AddMethod(FailMethod, service is null ? null! : new UnaryServerMethod<string, string>(service.Fail));
    }

    public virtual Task<string> Unary(string text, ServerCallContext context)
    {
        context.ResponseTrailers.Add("checksum", text.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return Task.FromResult($"{text} for {context.RequestHeaders.GetValue("x-authdog-email") ?? "nobody"}");
    }

    public virtual async Task Chat(IAsyncStreamReader<string> requests, IServerStreamWriter<string> responses, ServerCallContext context)
    {
        await foreach (var text in requests.ReadAllAsync(context.CancellationToken))
        {
            await responses.WriteAsync($"echo {text}", context.CancellationToken);
        }
    }

    public virtual Task<string> Fail(string text, ServerCallContext context) =>
        throw new RpcException(new Status(StatusCode.FailedPrecondition, text));
}
