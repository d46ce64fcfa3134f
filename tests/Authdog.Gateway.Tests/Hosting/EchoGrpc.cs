using System.Text;
using Grpc.Core;

namespace Authdog.Gateway.Tests.Hosting;

/// <summary>A gRPC app by hand, without generated code: one unary call, one in both directions, one that fails.</summary>
[BindServiceMethod(typeof(EchoGrpc), nameof(Bind))]
internal sealed class EchoGrpc
{
    private static readonly Marshaller<string> s_text = new(Encoding.UTF8.GetBytes, Encoding.UTF8.GetString);

    public static Method<string, string> Unary { get; } = new(MethodType.Unary, "test.Echo", "Unary", s_text, s_text);

    public static Method<string, string> Chat { get; } = new(MethodType.DuplexStreaming, "test.Echo", "Chat", s_text, s_text);

    public static Method<string, string> Fail { get; } = new(MethodType.Unary, "test.Echo", "Fail", s_text, s_text);

    public static void Bind(ServiceBinderBase binder, EchoGrpc? service)
    {
        binder.AddMethod(Unary, service is null ? null! : new UnaryServerMethod<string, string>(UnaryAsync));
        binder.AddMethod(Chat, service is null ? null! : new DuplexStreamingServerMethod<string, string>(ChatAsync));
        binder.AddMethod(Fail, service is null ? null! : new UnaryServerMethod<string, string>(FailAsync));
    }

    private static Task<string> UnaryAsync(string text, ServerCallContext context)
    {
        context.ResponseTrailers.Add("checksum", text.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return Task.FromResult($"{text} for {context.RequestHeaders.GetValue("x-authdog-email") ?? "nobody"}");
    }

    private static async Task ChatAsync(IAsyncStreamReader<string> requests, IServerStreamWriter<string> responses, ServerCallContext context)
    {
        await foreach (var text in requests.ReadAllAsync(context.CancellationToken))
        {
            await responses.WriteAsync($"echo {text}", context.CancellationToken);
        }
    }

    private static Task<string> FailAsync(string text, ServerCallContext context) =>
        throw new RpcException(new Status(StatusCode.FailedPrecondition, text));
}
