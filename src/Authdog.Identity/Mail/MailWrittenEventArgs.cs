namespace Authdog.Identity.Mail;

/// <summary>A message that was written into the outbox.</summary>
/// <param name="to">Recipient's address.</param>
/// <param name="subject">Subject line.</param>
/// <param name="link">First link of the text; null when it has none.</param>
/// <param name="file">The <c>.eml</c> file.</param>
public sealed class MailWrittenEventArgs(string to, string subject, string? link, string file) : EventArgs
{
    /// <summary>Recipient's address.</summary>
    public string To { get; } = to;

    /// <summary>Subject line.</summary>
    public string Subject { get; } = subject;

    /// <summary>First link of the text. It is a secret: for the demo's console only.</summary>
    public string? Link { get; } = link;

    /// <summary>The <c>.eml</c> file.</summary>
    public string File { get; } = file;
}
