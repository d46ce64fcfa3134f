using System.Collections.Immutable;
using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Mail;
using Authdog.Identity.Pages;
using Authdog.Identity.Redis.Rates;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Recovery;

/// <summary>Takes the request for a new password. Whether the account exists: same work, same answer; only the mail tells (I1).</summary>
internal sealed class RecoveryRequest(
    RecoveryLinks links,
    LoginMandates mandates,
    CeremonyLimits limits,
    UserDirectory users,
    AuditLog audit,
    Mailer mailer,
    CurrentTenant tenant,
    PageRenderer pages,
    ErrorPages errors,
    IOptions<RecoveryOptions> options,
    IOptions<LoginOptions> login,
    TenantLinks addresses)
{
    private static readonly TimeSpan s_window = TimeSpan.FromHours(1);

    public async Task<IResult> PostAsync(HttpContext context)
    {
        var form = context.Request.Form;
        var texts = pages.Texts(context);
        var target = ReturnUrl.ParseOrRoot(form["return"], login.Value.ReturnOrigins);
        if (!EmailAddress.TryParse(form["email"], out var email))
        {
            return pages.Page<RecoverPage>(
                context,
                StatusCodes.Status422UnprocessableEntity,
                ("Errors", FormErrors.Of("email", texts["Email.Invalid"])),
                ("Return", target.Value),
                ("Email", form["email"].ToString()));
        }

        // Follows from the domain alone: no account is told of (I1).
        var mandate = await mandates.FindAsync(email.Value, context.RequestAborted);
        if (mandate.Mandated is { Emergency: null } mandated)
        {
            return ManagedPage.Of(pages, context, mandated, target.Value);
        }

        var ceremony = new Ceremony("recover", new Rate(options.Value.RequestsPerNetwork, s_window), new Rate(options.Value.MessagesPerAddress, s_window));
        var verdict = await limits.TakeAsync(context, ceremony, tenant.Id, email, context.RequestAborted);
        if (verdict.Wait is { } wait)
        {
            return errors.Page(context, ErrorKind.TooManyRequests, retryAfter: wait);
        }

        var user = await users.FindByEmailAsync(email, context.RequestAborted);
        var owner = user is { Disabled: false } && (mandate.Mandated is null || mandate.IsExempt) ? user : null;
        var secret = await links.IssueAsync(owner, target.Value, context.RequestAborted);
        await audit.WriteAsync(new AuditEvent(tenant.Id, AuditEventKind.RecoveryRequested, user?.UserId), context.RequestAborted);
        // To the address that was verified, not to the one that was typed: two that compare equal need not be one mailbox (B12).
        if (verdict.MayMail && EmailAddress.TryParse(owner?.Email, out var verified))
        {
            var link = PagePaths.Recover + new QueryBuilder { { "token", secret }, { "lang", texts.Language } };
            mailer.Send(new MailMessage(verified, "recover", texts.Language, ImmutableDictionary<string, string>.Empty
                .Add("link", addresses.Link(link))
                .Add("unasked", addresses.Link(link + "&unasked=1"))
                .Add("minutes", $"{(int)options.Value.LinkLifetime.TotalMinutes}")));
        }

        return new SeeOther(PagePaths.Recover + new QueryBuilder { { "sent", "1" }, { "return", target.Value } });
    }
}
