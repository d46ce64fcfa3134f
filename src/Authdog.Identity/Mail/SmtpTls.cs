namespace Authdog.Identity.Mail;

/// <summary>How a connection to the mail server is encrypted.</summary>
public enum SmtpTls
{
    /// <summary>STARTTLS, refused when the server has none (port 587).</summary>
    StartTls,

    /// <summary>TLS from the first byte (port 465).</summary>
    Implicit,

    /// <summary>Not at all; for a relay on the same machine.</summary>
    None,
}
