using System.Collections.Immutable;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Mail;
using Authdog.Identity.Pages;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Mfa;

/// <summary>Tells the owner by mail of each change of their second steps, with a way to act (NIST SP 800-63B-4, section 4.6).</summary>
internal sealed class MfaNotices(Mailer mailer, PageRenderer pages, IOptions<PublicUrlOptions> reach)
{
    public void Send(HttpContext context, User user, string template, params ReadOnlySpan<(string Name, string Value)> values)
    {
        if (!EmailAddress.TryParse(user.Email, out var email))
        {
            return;
        }

        var all = ImmutableDictionary<string, string>.Empty
            .Add("account", reach.Value.Link(PagePaths.SecondSteps))
            .Add("recover", reach.Value.Link(PagePaths.Recover));
        foreach (var (name, value) in values)
        {
            all = all.SetItem(name, value);
        }

        mailer.Send(new MailMessage(email, template, pages.Texts(context).Language, all));
    }
}
