using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>Verifies what a provider has the browser bring, for whoever asked: a login, or a trial.</summary>
internal sealed class OidcAnswers(OidcProviders providers, OidcBackchannel backchannel, ProviderTokenVerifier verifier)
{
    /// <summary>The answer that a request brings.</summary>
    /// <param name="context">The request; its <c>state</c> has been looked up, and taken.</param>
    /// <param name="connection">Whom was asked.</param>
    /// <param name="question">What was asked.</param>
    /// <param name="callback">The redirect URI of the question.</param>
    /// <exception cref="ExternalFailureException">It is not to be believed.</exception>
    public async Task<OidcAnswer> VerifyAsync(HttpContext context, ConnectionRecord connection, OidcQuestion question, string callback)
    {
        var query = context.Request.Query;
        var provider = providers.Of(connection);
        var metadata = await provider.MetadataAsync(context.RequestAborted);

        // RFC 9207, section 2.4: before anything else is done with the answer, an error too.
        if (query.TryGetValue("iss", out var issuer) ? issuer != metadata.Issuer : metadata.SendsIssuer)
        {
            throw new ExternalFailureException(ExternalRefusal.Invalid, "the answer is another provider's (iss)", ExternalFault.Issuer);
        }

        question.State = query["state"]!;
        question.Code = Code(query);
        var login = new OidcLogin(provider, metadata, question, callback, backchannel, verifier);
        var token = await login.AnswerAsync(context);
        return new OidcAnswer(provider, token, OidcProofs.Merge(token.Claims, await UserInfoAsync(provider, metadata, login, token, context.RequestAborted)), login.Tokens!);
    }

    /// <summary>The code of an answer.</summary>
    /// <exception cref="ExternalFailureException">It is a refusal, or has none.</exception>
    public static string Code(IQueryCollection query) => query["error"].ToString() is { Length: > 0 } error
        ? throw Refusal(ProviderJson.Code(error))
        : query["code"].ToString() is { Length: > 0 } code ? code : throw new ExternalFailureException(ExternalRefusal.Invalid, "the answer has no code");

    private async Task<JsonElement?> UserInfoAsync(OidcProvider provider, OidcMetadata metadata, OidcLogin login, ProviderToken token, CancellationToken cancellationToken) =>
        provider.Settings.UserInfo && metadata.UserInfo is { } endpoint && OidcProofs.IsLacking(token.Claims, provider.Connection.Mapping)
            ? await backchannel.UserInfoAsync(provider, endpoint, login.Tokens!.AccessToken, token.Text("sub")!, cancellationToken)
            : null;

    // OpenID Connect Core, section 3.1.2.6; RFC 6749, section 4.1.2.1.
    private static ExternalFailureException Refusal(string error) => new(
        error switch
        {
            "access_denied" or "login_required" or "interaction_required" or "consent_required" or "account_selection_required" => ExternalRefusal.Refused,
            "unmet_authentication_requirements" => ExternalRefusal.TooWeak,
            _ => ExternalRefusal.Unavailable,
        },
        $"authorization: the provider answered {error}",
        OAuthErrors.FaultOf(error) ?? ExternalFault.Other);
}
