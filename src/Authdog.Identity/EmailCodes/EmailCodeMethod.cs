using System.Collections.Immutable;
using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Mail;
using Authdog.Identity.Pages;
using Authdog.Identity.Redis.Rates;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Authdog.Identity.EmailCodes;

/// <summary>Signs in by a code or a link in a mail. Whether the address has an account: same work, same pages; only the mail tells (I1).</summary>
/// <remarks>
/// NIST SP 800-63B-4, section 3.1.3.1, lets mail be no out-of-band authenticator, so it shows nothing of any kind and never helps toward <c>aal2</c>.
/// RFC 8176 has no word for it; <c>mca</c> (another channel was used) is the one that is true, where <c>otp</c> would let an app take it for an authenticator.
/// </remarks>
internal sealed class EmailCodeMethod(
    SentCodes codes,
    UserDirectory users,
    CeremonyLimits limits,
    AuditLog audit,
    Mailer mailer,
    CurrentTenant tenant,
    PageRenderer pages,
    ErrorPages errors,
    TenantOptions<EmailCodeOptions> options,
    TenantLinks addresses,
    TimeProvider time) : IAuthenticationMethod
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    public string Name => "email-code";

    public int Rank => 50;

    public FactorKinds Kinds => FactorKinds.None;

    public ImmutableArray<string> Amr => ["mca"];

    public bool IsFirst => true;

    public ValueTask<MethodAvailability> AvailabilityAsync(LoginFlow flow, User? user, CancellationToken cancellationToken) =>
        ValueTask.FromResult(options.Value.Enabled && user is not { EmailConfirmed: false } ? MethodAvailability.Ready : MethodAvailability.None);

    public ValueTask<bool> LetsInAsync(User user, CancellationToken cancellationToken) => ValueTask.FromResult(options.Value.Enabled && user.EmailConfirmed);

    public ValueTask<bool> ProtectsAsync(User user, CancellationToken cancellationToken) => ValueTask.FromResult(false);

    // A GET sends nothing: mail goes out when its button is pressed.
    public async Task<IResult> StartAsync(HttpContext context, LoginStep current, LoginProof.Refused? refusal)
    {
        var problems = refusal is null ? FormErrors.None : FormErrors.Of(refusal.Field, pages.Texts(context)[refusal.Text]);
        return pages.Page<EmailCodePage>(
            context,
            problems.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            ("Step", current),
            ("Errors", problems),
            ("Sent", await codes.IsSentAsync(tenant.Id, current.Flow.Id, context.RequestAborted)),
            ("Minutes", (int)options.Value.Lifetime.TotalMinutes));
    }

    public async Task<LoginProof> ProveAsync(HttpContext context, LoginStep current, IFormCollection form, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(current.Flow.Transaction.Email, out var email))
        {
            return new LoginProof.Refused("code", "EmailCode.Wrong");
        }

        if (form.ContainsKey("send"))
        {
            return new LoginProof.Continues(await SendAsync(context, current, email, cancellationToken));
        }

        if (await codes.TakeByCodeAsync(tenant.Id, current.Flow.Id, email, form["code"], cancellationToken) is { } id
            && await FindAsync(id, cancellationToken) is { } user)
        {
            return Proved(user);
        }

        await audit.WriteAsync(new AuditEvent(tenant.Id, AuditEventKind.SignInFailed, current.User?.UserId, Detail: Name), cancellationToken);
        return new LoginProof.Refused("code", "EmailCode.Wrong");
    }

    /// <summary>The user as proved by mail.</summary>
    public LoginProof.Proved Proved(User user) => new(user, new AuthenticationFactor { Method = Name, Amr = Amr, Kinds = Kinds, ProvedAt = time.GetUtcNow() });

    /// <summary>The user, unless shut out or not the owner of a verified address.</summary>
    public async Task<User?> FindAsync(UserId id, CancellationToken cancellationToken) =>
        options.Value.Enabled && await users.FindAsync(id, cancellationToken) is { Disabled: false, EmailConfirmed: true } user ? user : null;

    private async Task<IResult> SendAsync(HttpContext context, LoginStep current, EmailAddress email, CancellationToken cancellationToken)
    {
        var ceremony = new Ceremony("email-code", new Rate(options.Value.MessagesPerNetwork, s_hour), new Rate(options.Value.MessagesPerAddress, s_hour));
        var verdict = await limits.TakeAsync(context, ceremony, tenant.Id, email, cancellationToken);
        if (verdict.Wait is { } wait)
        {
            return errors.Page(context, ErrorKind.TooManyRequests, retryAfter: wait);
        }

        var user = await users.FindByEmailAsync(email, cancellationToken);
        var owner = verdict.MayMail && user is { Disabled: false, EmailConfirmed: true } ? user : null;
        var (code, link) = await codes.CreateAsync(tenant.Id, current.Flow.Id, owner?.UserId, cancellationToken);

        // To the address that was verified, not to the one that was typed: two that compare equal need not be one mailbox (B12).
        if (EmailAddress.TryParse(owner?.Email, out var verified))
        {
            var texts = pages.Texts(context);
            var address = EmailCodeEndpoints.LinkPath + new QueryBuilder { { "token", link }, { "lang", texts.Language } };
            mailer.Send(new MailMessage(verified, "sign-in-code", texts.Language, ImmutableDictionary<string, string>.Empty
                .Add("code", code)
                .Add("minutes", $"{(int)options.Value.Lifetime.TotalMinutes}")
                .Add("link", addresses.LinkBack(context, address))));
        }

        return new SeeOther(LoginAddress.By(current.Flow, Name));
    }
}
