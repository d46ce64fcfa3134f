using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Redis;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Authdog.Protocols.Saml.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Authdog.Identity.Sso.Saml;

/// <summary>Takes what an identity provider has the browser post, and signs in whom it vouches for (SAML profiles, section 4.1.3, steps 5 and 6).</summary>
/// <remarks>
/// The post comes from another site, so it has none of our cookies, and whose browser it is cannot be known. It is verified there, kept for a minute under a secret,
/// and led to a page by a redirect: that request is a navigation, has the cookies (<c>SameSite=Lax</c>), and goes on with the login only in the browser that began it (B15).
/// No cookie has to be weakened to <c>SameSite=None</c> for it, no script is needed, and over plain HTTP on this machine it is the same.
/// </remarks>
internal sealed class SamlSignIn(
    SamlConnections connections,
    SamlAnswers answers,
    SamlNames names,
    SamlTrials trials,
    ExternalChallenges challenges,
    ExternalSignIn signIn,
    ExternalIdentities identities,
    ExternalFailures failures,
    LoginTransactions transactions,
    OneTimeTokenStore arrivals,
    CurrentTenant tenant,
    ErrorPages errors,
    TimeProvider time)
{
    private const string Arrived = "saml-arrival";
    private static readonly TimeSpan s_onTheWay = TimeSpan.FromMinutes(1);

    /// <summary>The assertion consumer service: another site's post.</summary>
    public async Task<IResult> ReceiveAsync(HttpContext context, string slug)
    {
        if (await connections.FindAsync(tenant.Id, slug, context.RequestAborted) is not { } connection)
        {
            return errors.Page(context, ErrorKind.NotFound);
        }

        var parties = connections.Of(connection);
        if (!SamlAnswers.TryReceive(Fields(context.Request.Form), out var message, out var unreadable))
        {
            return await RefuseAsync(context, connection, unreadable);
        }

        if (await trials.AnswerAsync(connection, message, context.RequestAborted) is { } report)
        {
            return new SeeOther(report);
        }

        // A connection that is switched off can be tried, and signs nobody in.
        if (!connection.Enabled)
        {
            return errors.Page(context, ErrorKind.NotFound);
        }

        var payload = await challenges.PeekAsync(tenant.Id, message.RelayState, ConnectionMethod.MethodName, connection.Slug, context.RequestAborted);
        var question = payload is null ? null : SamlQuestion.Read(payload);
        var (assertion, error) = await answers.VerifyAsync(connection, message, question?.Request, context.RequestAborted);
        if (assertion is null)
        {
            return await RefuseAsync(context, connection, error!);
        }

        // Without a question RelayState is the provider's own word, and leads nowhere (B8).
        var state = question is null ? null : message.RelayState;
        if (SamlArrival.Of(assertion, connection, parties, question?.Request, state, time.GetUtcNow()) is not { } arrival)
        {
            return await failures.PageAsync(context, connection.Name, connection.Slug, ExternalRefusal.Invalid, "nothing in the assertion names the person for good: ask for a persistent name identifier, or set the attribute that does", null);
        }

        var secret = await arrivals.IssueAsync(tenant.Id, Arrived, arrival, s_onTheWay, context.RequestAborted);
        return new SeeOther(question?.Origin + QueryHelpers.AddQueryString(SamlAddresses.Path(connection, parties.Settings, "finish"), "arrival", secret));
    }

    /// <summary>The page that the post is led to, in the browser that the login is bound to.</summary>
    public async Task<IResult> FinishAsync(HttpContext context, string slug)
    {
        if (await connections.FindAsync(tenant.Id, slug, context.RequestAborted) is not { Enabled: true } connection)
        {
            return errors.Page(context, ErrorKind.NotFound);
        }

        var settings = connections.Of(connection).Settings;
        if (await arrivals.TakeAsync<SamlArrival>(tenant.Id, Arrived, context.Request.Query["arrival"], context.RequestAborted) is not { } arrival || arrival.Connection != connection.Id)
        {
            return await failures.ForgedAsync(context, connection, ExternalRefusal.Unsolicited, "an answer that is unknown, over, or was used before");
        }

        var flow = arrival.State is { } state
            ? (await challenges.TakeAsync(context, tenant.Id, state, ConnectionMethod.MethodName, connection.Slug, context.RequestAborted))?.Flow
            : await BeginAsync(context, connection, settings, arrival);
        if (flow is null)
        {
            var cause = arrival.State is null ? "the provider began a sign-in in a browser where somebody else is signed in" : "the answer to a sign-in of another browser, or of one that is over";
            return await failures.PageAsync(context, connection.Name, connection.Slug, arrival.State is null ? ExternalRefusal.OtherAccount : ExternalRefusal.Unsolicited, cause, null);
        }

        await names.RememberAsync(connection, settings, arrival, context.RequestAborted);
        return await signIn.AcceptAsync(context, flow, arrival.Proof(connection, settings));
    }

    /// <summary>Fields as posted, repeated ones included.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Fields(IFormCollection form) =>
        form.SelectMany(static field => field.Value, static (field, value) => KeyValuePair.Create(field.Key, value ?? string.Empty));

    // Such a sign-in is bound to no browser, so anybody could be made to use somebody else's account: at least nobody is taken out of their own (login CSRF).
    private async Task<LoginFlow?> BeginAsync(HttpContext context, ConnectionRecord connection, SamlSettings settings, SamlArrival arrival)
    {
        if (!settings.AllowIdpInitiated)
        {
            return null;
        }

        if (context.Features.Get<SessionFeature>()?.Session is { } session
            && (await identities.FindAsync(connection.LoginProvider, arrival.Issuer, arrival.Subject, context.RequestAborted))?.UserId != session.User)
        {
            return null;
        }

        var begun = transactions.Begin(context, tenant.Id, ReturnUrl.ParseOrRoot(settings.IdpInitiatedPath, []), new LoginRequirement { AskedAt = time.GetUtcNow() });
        return await transactions.UpdateAsync(context, tenant.Id, begun, begun.Transaction, context.RequestAborted);
    }

    private Task<IResult> RefuseAsync(HttpContext context, ConnectionRecord connection, SamlError error) => IsForgery(error.Code)
        ? failures.ForgedAsync(context, connection, RefusalOf(error.Code), error.ToString())
        : failures.PageAsync(context, connection.Name, connection.Slug, RefusalOf(error.Code), error.ToString(), flow: null);

    // What no provider sends, however it is set up: somebody has made, changed or kept it. An unknown key or a wrong audience may be the set-up's.
    private static bool IsForgery(SamlErrorCode code) => code is SamlErrorCode.TooLarge or SamlErrorCode.NotBase64 or SamlErrorCode.NotXml or SamlErrorCode.ForbiddenXml or SamlErrorCode.TooDeep
        or SamlErrorCode.DuplicateId or SamlErrorCode.SignatureShape or SamlErrorCode.SignatureReference or SamlErrorCode.SignatureDigest
        or SamlErrorCode.WrongInResponseTo or SamlErrorCode.Unsolicited or SamlErrorCode.Replayed;

    private static ExternalRefusal RefusalOf(SamlErrorCode code) => code switch
    {
        SamlErrorCode.StatusNotSuccess => ExternalRefusal.Refused,
        SamlErrorCode.WrongAuthnContext or SamlErrorCode.NotFresh or SamlErrorCode.SessionEnded => ExternalRefusal.TooWeak,
        SamlErrorCode.Unsolicited or SamlErrorCode.WrongInResponseTo or SamlErrorCode.Replayed or SamlErrorCode.Expired => ExternalRefusal.Unsolicited,
        _ => ExternalRefusal.Invalid,
    };
}
