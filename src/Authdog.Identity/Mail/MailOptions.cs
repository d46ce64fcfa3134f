using Microsoft.Extensions.Options;
using MimeKit;

namespace Authdog.Identity.Mail;

/// <summary>How mail leaves (section <c>Mail</c>): by SMTP when a host is named, otherwise as files in the outbox.</summary>
public sealed class MailOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Mail";

    /// <summary>Sender, such as <c>Example &lt;no-reply@example.com&gt;</c>.</summary>
    public string From { get; set; } = "no-reply@localhost";

    /// <summary>Folder for <c>.eml</c> files: all mail while no SMTP host is named, otherwise what could not be delivered.</summary>
    public string OutboxPath { get; set; } = Path.Combine("data", "outbox");

    /// <summary>How many messages one recipient gets, and one client network can have sent.</summary>
    public MailLimitOptions Limits { get; set; } = new();

    /// <summary>The mail server.</summary>
    public SmtpOptions Smtp { get; set; } = new();

    internal sealed class Validator : IValidateOptions<MailOptions>
    {
        public ValidateOptionsResult Validate(string? name, MailOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            if (!MailboxAddress.TryParse(options.From, out var from) || !from.Address.Contains('@', StringComparison.Ordinal))
            {
                errors.AddError($"{Section}:From is '{options.From}'. Give one address, such as \"Example <no-reply@example.com>\".");
            }

            if (string.IsNullOrWhiteSpace(options.OutboxPath))
            {
                errors.AddError($"{Section}:OutboxPath is empty. Name a folder.");
            }

            options.Limits.Check(errors);
            if (options.Smtp.Port is < 1 or > 65535)
            {
                errors.AddError($"{Section}:Smtp:Port is {options.Smtp.Port}. Give a port from 1 to 65535.");
            }

            if (options.Smtp.User is null != options.Smtp.Password is null)
            {
                errors.AddError($"{Section}:Smtp:User and {Section}:Smtp:Password belong together. Give both or neither.");
            }

            if (options.Smtp is { Tls: SmtpTls.None, Password: not null })
            {
                errors.AddError($"{Section}:Smtp:Tls is None, which would send the password in the clear. Choose StartTls or Implicit.");
            }

            return errors.Build();
        }
    }
}
