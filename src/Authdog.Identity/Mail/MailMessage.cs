using System.Collections.Immutable;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Tenants;

namespace Authdog.Identity.Mail;

/// <summary>A message to be rendered from a template and sent.</summary>
/// <param name="To">Recipient.</param>
/// <param name="Template">Template's name, such as <c>verify-email</c>.</param>
/// <param name="Culture">Language of the text, such as <c>en</c> or <c>de</c>.</param>
/// <param name="Values">What the template may print; encoded by default.</param>
public sealed record MailMessage(EmailAddress To, string Template, string Culture, ImmutableDictionary<string, string> Values)
{
    /// <summary>Tenant in whose name it is sent; null: in the gateway's own.</summary>
    public TenantRecord? Tenant { get; init; }

    /// <summary>Client network that asked for it; null: nobody did.</summary>
    public string? Source { get; init; }
}
