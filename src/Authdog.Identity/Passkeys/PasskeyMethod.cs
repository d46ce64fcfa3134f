using System.Collections.Immutable;
using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Notices;
using Authdog.Identity.Pages;
using Authdog.Identity.Redis.Rates;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Passkeys;

/// <summary>Signs in by passkey: with or without an address, alone or beside another proof; and sets one up where a login asks for it.</summary>
internal sealed class PasskeyMethod(
    PasskeyAssertions assertions,
    PasskeyRegistrations registrations,
    PasskeyDirectory passkeys,
    RelyingParties parties,
    LoginAttempts attempts,
    CeremonyLimits limits,
    SecurityNotices notices,
    AuditLog audit,
    CurrentTenant tenant,
    PageRenderer pages,
    ErrorPages errors,
    IHttpContextAccessor request,
    IOptions<LoginOptions> options,
    TimeProvider time) : IAuthenticationMethod
{
    private byte[]? _unknown;

    public string Name => "passkey";

    public int Rank => 30;

    public FactorKinds Kinds => FactorKinds.Possession | FactorKinds.UserVerification;

    public ImmutableArray<string> Amr => ["hwk", "swk", "user"];

    public bool IsFirst => true;

    public bool NeedsNoIdentifier => true;

    public Type? BesideIdentifier => typeof(PasskeySignIn);

    // Of an address alone nobody learns whether it has passkeys: any may answer (I1).
    public async ValueTask<MethodAvailability> AvailabilityAsync(LoginFlow flow, User? user, CancellationToken cancellationToken)
    {
        if (parties.Find(request.HttpContext!) is not { } party)
        {
            return MethodAvailability.None;
        }

        return user is null || await passkeys.AnyAsync(user.UserId, party.Id, cancellationToken) ? MethodAvailability.Ready : MethodAvailability.Enrollable;
    }

    public ValueTask<bool> LetsInAsync(User user, CancellationToken cancellationToken) => new(passkeys.AnyAsync(user.UserId, parties.IdsOf(tenant.Record), cancellationToken));

    public ValueTask<bool> HoldsAsync(User user, CancellationToken cancellationToken) => LetsInAsync(user, cancellationToken);

    public async ValueTask<string?> ElsewhereAsync(User user, CancellationToken cancellationToken)
    {
        var here = parties.Find(request.HttpContext!)?.Id;
        var own = (await passkeys.ListAsync(user.UserId, cancellationToken)).Select(static passkey => passkey.RelyingPartyId).ToHashSet(StringComparer.Ordinal);
        return here is not null && own.Contains(here) ? null : parties.OriginOf(tenant.Record, own);
    }

    // A passkey stands in for a password; who adds one has not asked for more at every sign-in.
    public ValueTask<bool> ProtectsAsync(User user, CancellationToken cancellationToken) => ValueTask.FromResult(false);

    public async Task<IResult> StartAsync(HttpContext context, LoginStep current, LoginProof.Refused? refusal)
    {
        var asked = await AskAsync(context, current);
        if (asked is null)
        {
            return errors.Page(context, ErrorKind.StrongerSignInUnavailable);
        }

        return pages.Page<PasskeyPage>(
            context,
            refusal is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            ("Step", current),
            ("Asked", asked),
            ("Errors", refusal is null ? FormErrors.None : FormErrors.Of(refusal.Field, pages.Texts(context)[refusal.Text])),
            ("Unknown", _unknown is null ? null : PasskeySignals.Unknown(parties.Find(context)!.Id, _unknown)));
    }

    public async Task<LoginProof> ProveAsync(HttpContext context, LoginStep current, IFormCollection form, CancellationToken cancellationToken) =>
        current is { Enrolling: true, User: { } user }
            ? await EnrolAsync(context, user, form, cancellationToken)
            : await SignInAsync(context, form, cancellationToken);

    public async Task ResetAsync(User user, CancellationToken cancellationToken)
    {
        foreach (var passkey in await passkeys.ListAsync(user.UserId, cancellationToken))
        {
            await passkeys.RemoveAsync(user, passkey.Id, cancellationToken);
        }
    }

    private async Task<LoginProof> SignInAsync(HttpContext context, IFormCollection form, CancellationToken cancellationToken)
    {
        // No account to count: an answer names its passkey, and nobody guesses one. What is bounded is the work.
        var ceremony = new Ceremony("passkey", new Rate(options.Value.AttemptsPerAddress, options.Value.AttemptWindow));
        if ((await limits.TakeAsync(context, ceremony, tenant.Id, account: null, cancellationToken)).Wait is { } wait)
        {
            return new LoginProof.Throttled(wait);
        }

        switch (await assertions.VerifyAsync(context, form["challenge"], form["credential"], Thread(form), cancellationToken))
        {
            case AssertionResult.Verified { Assertion: var verified }:
                await attempts.IdentifiedAsync(context, cancellationToken);
                await limits.SucceededAsync(context, ceremony, tenant.Id, cancellationToken);
                return new LoginProof.Proved(verified.User, verified.Factor(time.GetUtcNow()));
            case AssertionResult.Refused refused:
                _unknown = refused.UnknownCredential;
                UserId? user = refused.User is { } id ? new UserId(id) : null;
                await audit.WriteAsync(new AuditEvent(tenant.Id, AuditEventKind.SignInFailed, user, Detail: $"passkey {refused.Reason}"), cancellationToken);
                return new LoginProof.Refused(FormErrors.Form, PasskeyTexts.SignIn(refused.Reason));
            default:
                throw new InvalidOperationException("Not a result of a sign-in.");
        }
    }

    private async Task<LoginProof> EnrolAsync(HttpContext context, User user, IFormCollection form, CancellationToken cancellationToken)
    {
        switch (await registrations.RegisterAsync(context, user, form["challenge"], form["credential"], Thread(form), PasskeyNames.For(pages.Texts(context)), cancellationToken))
        {
            case RegistrationResult.Registered { Passkey: var passkey }:
                await notices.SendAsync(context, user, PasskeyUndo.Notice(passkey));
                return new LoginProof.Proved(user, VerifiedAssertion.Made(user, passkey).Factor(time.GetUtcNow()));
            case RegistrationResult.Refused refused:
                return new LoginProof.Refused(FormErrors.Form, PasskeyTexts.Registration(refused.Reason));
            default:
                throw new InvalidOperationException("Not a result of a registration.");
        }
    }

    private Task<AskedCeremony?> AskAsync(HttpContext context, LoginStep current)
    {
        var besideKnowledge = current.Flow.Counting(time.GetUtcNow()).Any(factor => factor.Kinds.HasFlag(FactorKinds.Knowledge));
        return current switch
        {
            { User: null } => assertions.AskAnyAsync(context, current.Flow.Id, options.Value.TransactionLifetime),
            { Enrolling: true, User: { } user } => registrations.AskAsync(context, user, current.Flow.Id, silently: false, context.RequestAborted),
            { User: { } user } => assertions.AskUserAsync(context, user, current.Flow.Id, options.Value.TransactionLifetime, besideKnowledge, context.RequestAborted),
        };
    }

    // As the page had it: a login that was sealed in its page has got an id of its own by now.
    private static string Thread(IFormCollection form) => form["flow"].ToString();
}
