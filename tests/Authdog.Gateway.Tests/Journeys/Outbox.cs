using System.Text;
using System.Text.RegularExpressions;
using MimeKit;

namespace Authdog.Gateway.Tests.Journeys;

/// <summary>The folder of <c>.eml</c> files that stands for a mail server, as a person's mailbox.</summary>
internal sealed partial class Outbox(string folder)
{
    /// <summary>The first link in the newest message to somebody; waits for it, bounded.</summary>
    public async Task<Uri> LinkToAsync(string recipient, int messages = 1)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            var mail = Messages(recipient);
            if (mail.Count >= messages)
            {
                return new Uri(Link().Match(mail[^1].TextBody ?? string.Empty).Value);
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"No message number {messages} to {recipient} in {folder}.");
    }

    /// <summary>Messages to somebody, oldest first.</summary>
    public IReadOnlyList<MimeMessage> Messages(string recipient) =>
        !Directory.Exists(folder)
            ? []
            : [.. new DirectoryInfo(folder).GetFiles("*.eml")
                .Select(file => MimeMessage.Load(file.FullName))
                .Where(message => message.To.Mailboxes.Any(mailbox => mailbox.Address == recipient))
                .OrderBy(message => message.Date)];

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Link();
}
