using Authdog.Identity.Attacks;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Passwords;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Authdog.Identity.Invitations;

/// <summary>What the link of an invitation leads to. GET shows, POST accepts (I5): who is new makes the account, whose address has one signs in to it first, and who is signed in as somebody else is asked to leave first.</summary>
/// <remarks>That the person has the mailbox, the link shows; it was sent nowhere else. An existing account needs its own proof besides: the link may have been passed on.</remarks>
internal sealed class InvitationCeremony(
    InvitationDirectory invitations,
    InvitationAcceptance acceptance,
    UserDirectory users,
    PasswordHashing hashing,
    NewPasswords passwords,
    LoginMandates mandates,
    AttackWatch attacks,
    CurrentTenant tenant,
    PageRenderer pages)
{
    public async Task<IResult> ShowAsync(HttpContext context)
    {
        var token = context.Request.Query["token"].ToString();
        return await FindAsync(token, context.RequestAborted) is not var (invitation, email) ? Over(context)
            : await ManagedAsync(context, email, token) ?? await PageAsync(context, invitation, email, token, FormErrors.None, name: null);
    }

    public async Task<IResult> PostAsync(HttpContext context)
    {
        var token = context.Request.Form["token"].ToString();
        if (await FindAsync(token, context.RequestAborted) is not var (invitation, email))
        {
            await attacks.FailedAsync(context, tenant.Id, account: null, "invitation-link", context.RequestAborted);
            return Over(context);
        }

        if (await users.FindByEmailAsync(email, context.RequestAborted) is not { } owner)
        {
            return await ManagedAsync(context, email, token) is { } managed ? managed
                : Session(context) is null ? await CreateAsync(context, invitation, email, token) : await PageAsync(context, invitation, email, token, FormErrors.None, name: null);
        }

        if (Session(context)?.User != owner.UserId)
        {
            return await PageAsync(context, invitation, email, token, FormErrors.None, name: null);
        }

        return await acceptance.JoinAsync(invitation, owner, CancellationToken.None)
            ? Message(context, StatusCodes.Status200OK, "Invitation.DoneTitle", "Invitation.JoinedText", PagePaths.Account, "Account.Title")
            : Over(context);
    }

    // Who is new and has to sign in by a connection gets the account there, and comes back to join.
    private async Task<IResult?> ManagedAsync(HttpContext context, EmailAddress email, string token) =>
        await users.FindByEmailAsync(email, context.RequestAborted) is null && await mandates.FindAsync(email.Value, context.RequestAborted) is { Mandated: { } mandated, IsExempt: false }
            ? ManagedPage.Of(pages, context, mandated, Link(token))
            : null;

    private static string Link(string token) => PagePaths.Invitation + new QueryBuilder { { "token", token } };

    private async Task<IResult> CreateAsync(HttpContext context, Invitation invitation, EmailAddress email, string token)
    {
        var form = context.Request.Form;
        var texts = pages.Texts(context);
        FormErrors problems = new();
        var name = form["name"].ToString().Trim();
        if (!DisplayName.IsAcceptable(name))
        {
            problems.Add("name", texts["Name.Invalid"]);
        }

        var password = form["password"].ToString();
        if (await passwords.ProblemAsync(texts, password, email, name, context.RequestAborted) is { } problem)
        {
            problems.Add("password", problem);
        }

        if (problems.Any)
        {
            return await PageAsync(context, invitation, email, token, problems, name);
        }

        var hash = await hashing.HashAsync(password, LoginAttempts.Network(context.Connection.RemoteIpAddress), context.RequestAborted);
        return await acceptance.CreateAsync(invitation, email, name.Length > 0 ? name : null, hash, CancellationToken.None) is null
            ? Over(context)
            : Message(context, StatusCodes.Status200OK, "Invitation.DoneTitle", "Invitation.CreatedText", PagePaths.Login, "Login.Submit");
    }

    private async Task<IResult> PageAsync(HttpContext context, Invitation invitation, EmailAddress email, string token, FormErrors problems, string? name)
    {
        var texts = pages.Texts(context);
        var owner = await users.FindByEmailAsync(email, context.RequestAborted);
        var session = Session(context);
        var isOther = session is not null && session.User != owner?.UserId;
        return pages.Page<InvitationPage>(
            context,
            problems.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            ("Errors", problems),
            ("Token", token),
            ("Organization", tenant.Record.Name),
            ("Email", invitation.Email),
            ("Name", name),
            ("SignedInAs", isOther ? session!.Email : null),
            ("Here", Link(token)),
            ("SignIn", owner is not null && session is null ? LoginAddress.Start(Link(token)) : null),
            ("PasswordHint", owner is null ? passwords.Hint(texts) : null));
    }

    private async Task<(Invitation Invitation, EmailAddress Email)?> FindAsync(string token, CancellationToken cancellationToken) =>
        await invitations.PeekAsync(token, cancellationToken) is { } invitation && EmailAddress.TryParse(invitation.Email, out var email) ? (invitation, email) : null;

    private static Session? Session(HttpContext context) => context.Features.Get<SessionFeature>()?.Session;

    private IResult Over(HttpContext context) => Message(context, StatusCodes.Status410Gone, "Invitation.OverTitle", "Invitation.OverText", PagePaths.Login, "Login.Submit");

    private IResult Message(HttpContext context, int status, string title, string text, string address, string link)
    {
        var texts = pages.Texts(context);
        return pages.Page<MessagePage>(context, status, ("Title", texts[title]), ("Text", texts.Format(text, tenant.Record.Name)), ("LinkAddress", address), ("LinkText", texts[link]));
    }
}
