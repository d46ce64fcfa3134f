using System.Globalization;
using Authdog.Identity.Identifiers;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Authdog.Identity.Mail;

/// <summary>Writes each message as one <c>.eml</c> file that only this user of the system can read; a reader never sees half a file.</summary>
public sealed class Outbox(IOptions<MailOptions> options, TimeProvider time) : IMailTransport
{
    private readonly string _folder = options.Value.OutboxPath;

    /// <summary>Raised after a message was written; the built-in demo prints its link.</summary>
    public event EventHandler<MailWrittenEventArgs>? MailWritten;

    /// <inheritdoc/>
    async Task IMailTransport.SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        var file = await WriteAsync(_folder, message, cancellationToken);
        var to = message.To.Mailboxes.First().Address;
        MailWritten?.Invoke(this, new MailWrittenEventArgs(to, message.Subject ?? string.Empty, FirstLink(message.TextBody), file));
    }

    /// <summary>Keeps what no server took, apart from what was sent.</summary>
    internal Task<string> KeepUndeliveredAsync(MimeMessage message, CancellationToken cancellationToken) =>
        WriteAsync(Path.Combine(_folder, "undelivered"), message, cancellationToken);

    /// <summary>Deletes what could not be delivered to somebody, on this node.</summary>
    internal async Task EraseUndeliveredAsync(EmailAddress recipient, CancellationToken cancellationToken)
    {
        var folder = new DirectoryInfo(Path.Combine(_folder, "undelivered"));
        if (!folder.Exists)
        {
            return;
        }

        foreach (var file in folder.EnumerateFiles("*.eml"))
        {
            var message = await MimeMessage.LoadAsync(file.FullName, cancellationToken);
            if (message.To.Mailboxes.Any(mailbox => EmailAddress.TryParse(mailbox.Address, out var address) && address.Normalized == recipient.Normalized))
            {
                file.Delete();
            }
        }
    }

    private async Task<string> WriteAsync(string folder, MimeMessage message, CancellationToken cancellationToken)
    {
        CreateFolder(folder);
        var stamp = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
        var file = Path.Combine(folder, $"{stamp}-{Guid.CreateVersion7():N}.eml");
        var unfinished = file + ".tmp";
        FileStreamOptions create = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (var stream = new FileStream(unfinished, create))
        {
            await message.WriteToAsync(stream, cancellationToken);
            await stream.FlushAsync(cancellationToken);
        }

        File.Move(unfinished, file);
        return file;
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static string? FirstLink(string? text) =>
        text?.Split('\n', StringSplitOptions.TrimEntries).FirstOrDefault(line => line.StartsWith("http://", StringComparison.Ordinal) || line.StartsWith("https://", StringComparison.Ordinal));
}
