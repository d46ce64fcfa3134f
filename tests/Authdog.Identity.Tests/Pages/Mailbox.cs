using System.Diagnostics;
using System.Text.RegularExpressions;
using MimeKit;

namespace Authdog.Identity.Tests.Pages;

/// <summary>Reads the outbox folder as a recipient would.</summary>
public sealed partial class Mailbox(string folder)
{
    public IReadOnlyList<MimeMessage> To(string address) => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(folder, "*.eml").Order(StringComparer.Ordinal).Select(file => MimeMessage.Load(file)).Where(mail => mail.To.Mailboxes.First().Address == address)];

    /// <summary>The newest message once there are this many.</summary>
    public async Task<MimeMessage> ReceiveAsync(string address, int count = 1)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(60); await Task.Delay(20))
        {
            if (To(address) is { } messages && messages.Count >= count)
            {
                return messages[^1];
            }
        }

        throw new TimeoutException($"No {count} messages to {address}.");
    }

    public static string Link(MimeMessage mail) => Links().Match(mail.TextBody!).Value;

    public static string Code(MimeMessage mail) => Codes().Match(mail.TextBody!).Value.Trim();

    [GeneratedRegex(@"^https?://\S+", RegexOptions.Multiline)]
    private static partial Regex Links();

    [GeneratedRegex(@"^\d{6}\s*$", RegexOptions.Multiline)]
    private static partial Regex Codes();
}
