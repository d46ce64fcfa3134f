namespace Authdog.Identity.Mail;

/// <summary>The mail server that takes what the gateway sends (section <c>Mail:Smtp</c>).</summary>
public sealed class SmtpOptions
{
    /// <summary>Host; absent: mail goes into the outbox folder.</summary>
    public string? Host { get; set; }

    /// <summary>Port.</summary>
    public int Port { get; set; } = 587;

    /// <summary>User name, with <see cref="Password"/>; absent: no authentication.</summary>
    public string? User { get; set; }

    /// <summary>Password.</summary>
    public string? Password { get; set; }

    /// <summary>How the connection is encrypted.</summary>
    public SmtpTls Tls { get; set; } = SmtpTls.StartTls;
}
