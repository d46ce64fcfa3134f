using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Authdog.Identity.Tests.SignUp;

/// <summary>A name server on a loopback port that knows mail servers and addresses of a few domains (RFC 1035, over UDP).</summary>
internal sealed class MailDns : IAsyncDisposable
{
    private const ushort A = 1;
    private const ushort Mx = 15;
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<string, (string? Mx, bool HasAddress)> _domains;
    private readonly Task _serving;

    public MailDns(Dictionary<string, (string? Mx, bool HasAddress)> domains)
    {
        _domains = domains;
        _serving = ServeAsync();
    }

    public string Address => _socket.Client.LocalEndPoint!.ToString()!;

    public bool IsSilent { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _serving;
        _socket.Dispose();
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var question = await _socket.ReceiveAsync(_stopping.Token);
                if (!IsSilent)
                {
                    await _socket.SendAsync(Answer(question.Buffer), question.RemoteEndPoint, _stopping.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It is stopped.
        }
    }

    private byte[] Answer(byte[] message)
    {
        List<string> labels = [];
        var at = 12;
        for (; message[at] > 0; at += message[at] + 1)
        {
            labels.Add(Encoding.ASCII.GetString(message, at + 1, message[at]));
        }

        var type = BinaryPrimitives.ReadUInt16BigEndian(message.AsSpan(at + 1));
        var end = at + 5;
        var known = _domains.TryGetValue(string.Join('.', labels), out var domain);
        byte[]? data = type switch
        {
            Mx when domain.Mx is { } exchange => [0, 10, .. Name(exchange)],
            A when domain.HasAddress => [192, 0, 2, 1],
            _ => null,
        };
        List<byte> answer = [message[0], message[1], 0x81, (byte)(known ? 0x80 : 0x83), 0, 1, 0, (byte)(data is null ? 0 : 1), 0, 0, 0, 0, .. message[12..end]];
        if (data is not null)
        {
            answer.AddRange([0xC0, 12, 0, (byte)type, 0, 1, 0, 0, 0, 60, 0, (byte)data.Length, .. data]);
        }

        return [.. answer];
    }

    private static IEnumerable<byte> Name(string name) =>
        name == "." ? [0] : [.. name.Split('.').SelectMany(label => new byte[] { (byte)label.Length }.Concat(Encoding.ASCII.GetBytes(label))), 0];
}
