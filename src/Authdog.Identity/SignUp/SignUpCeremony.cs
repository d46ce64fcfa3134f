using System.Collections.Immutable;
using Authdog.Identity.Consents;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Mail;
using Authdog.Identity.Pages;
using Authdog.Identity.Passwords;
using Authdog.Identity.Redis;
using Authdog.Identity.SignUp.Domains;
using Authdog.Identity.Redis.Rates;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.SignUp;

/// <summary>Takes a sign-up. Whether the address is free or taken: same work, same answer; only the mail differs (I1).</summary>
internal sealed class SignUpCeremony(
    PendingSignUps pendings,
    LoginTransactions transactions,
    LoginMandates mandates,
    IEnumerable<SignUpCapture> captures,
    SignUpAdmissions admissions,
    BrowserBinding binding,
    UserDirectory users,
    PasswordHashing hashing,
    NewPasswords passwords,
    ConsentForm consents,
    SignUpDomains domains,
    CeremonyLimits limits,
    Mailer mailer,
    CurrentTenant tenant,
    PageRenderer pages,
    ErrorPages errors,
    TenantOptions<SignUpOptions> options,
    IOptions<LoginOptions> login,
    TenantLinks links)
{
    private static readonly TimeSpan s_window = TimeSpan.FromHours(1);

    public async Task<IResult> ShowAsync(HttpContext context)
    {
        if (!await IsOpenAsync(context))
        {
            return errors.Page(context, ErrorKind.NotFound);
        }

        var flow = await transactions.FindAsync(context, tenant.Id, context.Request.Query["flow"], context.RequestAborted);
        var target = flow?.Transaction.Return ?? ReturnUrl.ParseOrRoot(context.Request.Query["return"], login.Value.ReturnOrigins).Value;
        binding.Ensure(context);
        return Form(context, StatusCodes.Status200OK, FormErrors.None, target, flow?.Transaction.Email, name: null);
    }

    public async Task<IResult> PostAsync(HttpContext context)
    {
        if (!await IsOpenAsync(context))
        {
            return errors.Page(context, ErrorKind.NotFound);
        }

        var form = context.Request.Form;
        var target = ReturnUrl.ParseOrRoot(form["return"], login.Value.ReturnOrigins);
        var texts = pages.Texts(context);
        var problems = new FormErrors();
        var name = form["name"].ToString().Trim();
        if (!EmailAddress.TryParse(form["email"], out var email))
        {
            problems.Add("email", texts["Email.Invalid"]);
        }

        if (!DisplayName.IsAcceptable(name))
        {
            problems.Add("name", texts["Name.Invalid"]);
        }

        var password = form["password"].ToString();
        if (email is not null && await passwords.ProblemAsync(texts, password, email, name, context.RequestAborted) is { } problem)
        {
            problems.Add("password", problem);
        }

        var answers = consents.Read(context, consents.All(texts.Language), "sign-up", texts, problems);
        if (email is null || problems.Any)
        {
            return Form(context, StatusCodes.Status422UnprocessableEntity, problems, target.Value, form["email"], name);
        }

        if ((await mandates.FindAsync(email.Value, context.RequestAborted)).Mandated is { } mandated)
        {
            return ManagedPage.Of(pages, context, mandated, target.Value);
        }

        foreach (var capture in captures)
        {
            if (await capture.FindAsync(email, context.RequestAborted) is { } captured)
            {
                return ManagedPage.Of(pages, context, captured, target.Value);
            }
        }

        if (!options.Value.Enabled && !await admissions.AdmitAsync(email, context.RequestAborted))
        {
            return Form(context, StatusCodes.Status422UnprocessableEntity, FormErrors.Of("email", texts.Format("SignUp.OtherDomain", tenant.Record.Name)), target.Value, form["email"], name);
        }

        var ceremony = new Ceremony("sign-up", new Rate(options.Value.SignUpsPerNetwork, s_window), new Rate(options.Value.MessagesPerAddress, s_window));
        var verdict = await limits.TakeAsync(context, ceremony, tenant.Id, email, context.RequestAborted);
        if (verdict.Wait is { } wait)
        {
            return errors.Page(context, ErrorKind.TooManyRequests, retryAfter: wait);
        }

        // Asked of the domain alone, whether or not the address has an account (I1); after the count, since it may ask a name server.
        if (await domains.JudgeAsync(context, email) is { } refused)
        {
            return Form(context, StatusCodes.Status422UnprocessableEntity, FormErrors.Of("email", texts[$"SignUp.{refused}"]), target.Value, form["email"], name);
        }

        var id = await BeginAsync(context, email, name, password, answers, target, texts, verdict.MayMail);
        return new SeeOther(PagePaths.VerifyEmail + new QueryBuilder { { "flow", id }, { "return", target.Value } });
    }

    // Shut to strangers it is still open to those of the tenant's own domains, where it says so.
    private async ValueTask<bool> IsOpenAsync(HttpContext context) => options.Value.Enabled || await admissions.AreOpenAsync(context.RequestAborted);

    private async Task<string> BeginAsync(HttpContext context, EmailAddress email, string name, string password, IReadOnlyList<ConsentAnswer> answers, ReturnUrl target, PageTexts texts, bool mayMail)
    {
        var hash = await hashing.HashAsync(password, LoginAttempts.Network(context.Connection.RemoteIpAddress), context.RequestAborted);
        var taken = await users.FindByEmailAsync(email, context.RequestAborted) is not null | await domains.IsFoldedAwayAsync(email, context.RequestAborted);
        var (id, code, link) = await pendings.BeginAsync(
            tenant.Id,
            codes => new PendingSignUp
            {
                Email = email.Value,
                Name = name.Length > 0 ? name : null,
                PasswordHash = hash,
                Binding = binding.Ensure(context),
                CodeHash = codes.CodeHash,
                CodeExpiresAt = codes.CodeExpiresAt,
                Return = target.Value,
                Consents = answers,
                Taken = taken,
            },
            context.RequestAborted);

        // Beyond the limit the answer is the same and the mail is not sent: nobody's mailbox is filled from here.
        if (mayMail)
        {
            mailer.Send(Message(email, texts.Language, taken, code, link));
        }

        return id;
    }

    // No name in the mail: it was typed by whoever filled in the form, perhaps to send the owner an advertisement (I13).
    private MailMessage Message(EmailAddress email, string language, bool taken, string code, string link)
    {
        var values = ImmutableDictionary<string, string>.Empty;
        return taken
            ? new MailMessage(email, "already-registered", language, values
                .Add("login", links.Link(PagePaths.Login))
                .Add("recover", links.Link(PagePaths.Recover)))
            : new MailMessage(email, "verify-email", language, values
                .Add("code", code)
                .Add("link", links.Link(PagePaths.VerifyEmail + new QueryBuilder { { "token", link }, { "lang", language } })));
    }

    private IResult Form(HttpContext context, int status, FormErrors problems, string target, string? email, string? name) =>
        pages.Page<SignUpPage>(
            context,
            status,
            ("Errors", problems),
            ("Return", target),
            ("Email", email),
            ("Name", name),
            ("Consents", consents.All(pages.Texts(context).Language)),
            ("Ticked", problems.Any ? ConsentForm.Ticked(context.Request.Form) : Array.Empty<string>()),
            ("PasswordHint", passwords.Hint(pages.Texts(context))));
}
