using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Mail;

/// <summary>Takes messages to be sent in the background, so that a request that sends one takes no longer than a request that does not (I1).</summary>
internal sealed class MailQueue(ILogger<MailQueue> logger)
{
    private const int Capacity = 10_000;

    private readonly Channel<MailMessage> _waiting = Channel.CreateBounded<MailMessage>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.Wait });

    public ChannelReader<MailMessage> Waiting => _waiting.Reader;

    /// <summary>Queues a message. A full queue (a mail server away for long) refuses it, and the log says so.</summary>
    public void Add(MailMessage message)
    {
        if (!_waiting.Writer.TryWrite(message))
        {
            MailLog.QueueFull(logger, message.Template);
        }
    }

    public void Close() => _waiting.Writer.TryComplete();
}
