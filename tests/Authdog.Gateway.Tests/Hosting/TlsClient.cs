using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Authdog.Gateway.Tests.Hosting;

/// <summary>One TLS connection on which bytes are sent as they are.</summary>
internal sealed class TlsClient : IDisposable
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(10);
    private readonly TcpClient _tcp = new();

    private TlsClient(SslStream stream, TcpClient tcp) => (Stream, _tcp) = (stream, tcp);

    public SslStream Stream { get; }

    /// <summary>What the server showed.</summary>
    public X509Certificate2 Certificate => (X509Certificate2)Stream.RemoteCertificate!;

    /// <summary>Intermediates that the server sent.</summary>
    public IReadOnlyList<string> Sent { get; private set; } = [];

    public static async Task<TlsClient> ConnectAsync(int port, string? sni, X509Certificate2? client = null, SslProtocols protocols = SslProtocols.None, params SslApplicationProtocol[] alpn)
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, port);
        List<string> sent = [];
        var stream = new SslStream(tcp.GetStream());
        using var bound = new CancellationTokenSource(s_bound);
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                // An address is never sent as a server name (RFC 6066).
                TargetHost = sni ?? "127.0.0.1",
                EnabledSslProtocols = protocols,
                ApplicationProtocols = alpn.Length == 0 ? null : [.. alpn],
                ClientCertificateContext = client is null ? null : SslStreamCertificateContext.Create(client, null, offline: true),
                RemoteCertificateValidationCallback = (_, _, chain, _) =>
                {
                    sent.AddRange(chain!.ChainPolicy.ExtraStore.Select(one => one.Subject));
                    return true;
                },
            },
            bound.Token);
        return new TlsClient(stream, tcp) { Sent = sent };
    }

    /// <summary>Sends a GET and reads until there is an answer with its body.</summary>
    public async Task<string> GetAsync(string host, string target = "/", params string[] headers)
    {
        await Stream.WriteAsync(Encoding.Latin1.GetBytes($"GET {target} HTTP/1.1\r\nHost: {host}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n"));
        using var bound = new CancellationTokenSource(s_bound);
        var text = new StringBuilder();
        var buffer = new byte[8192];
        while (!IsWhole(text.ToString()))
        {
            var read = await Stream.ReadAsync(buffer, bound.Token);
            if (read == 0)
            {
                break;
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return text.ToString();
    }

    public void Dispose()
    {
        Stream.Dispose();
        _tcp.Dispose();
    }

    private static bool IsWhole(string answer)
    {
        var head = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var length = answer.IndexOf("Content-Length: ", StringComparison.Ordinal);
        return head > 0 && (length < 0
            ? answer.EndsWith("0\r\n\r\n", StringComparison.Ordinal)
            : answer.Length >= head + 4 + int.Parse(answer.AsSpan(length + 16, answer.IndexOf("\r\n", length, StringComparison.Ordinal) - length - 16), provider: null));
    }
}
