using System.Text.Json;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>Takes a provider's answer from the browser into the login that asked for it.</summary>
internal sealed class OidcCeremony(
    Connections connections,
    OidcProviders providers,
    OidcProtocol protocol,
    OidcBackchannel backchannel,
    ProviderTokenVerifier verifier,
    ExternalChallenges challenges,
    ExternalSignIn signIn,
    ExternalFailures failures,
    UpstreamTokens tokens,
    CurrentTenant tenant,
    ErrorPages errors,
    TimeProvider time)
{
    private const int MaxParameter = 4096;
    private const int MaxForm = 32 * 1024;
    private static readonly string[] s_parameters = ["code", "state", "iss", "error", "session_state"];

    /// <summary>An answer to a tenant's connection.</summary>
    public async Task<IResult> CallbackAsync(HttpContext context, string slug) =>
        await connections.FindAsync(tenant.Id, slug, context.RequestAborted) is { Kind: ConnectionKind.Oidc } connection
            ? await CallbackAsync(context, connection, ConnectionMethod.MethodName)
            : errors.Page(context, ErrorKind.NotFound);

    /// <summary>An answer to a connection or social provider; with <paramref name="redeem"/>, to one that speaks OAuth 2.0 alone, which then takes the code.</summary>
    public async Task<IResult> CallbackAsync(HttpContext context, ConnectionRecord connection, string method, Func<LoginFlow, string, string, Task<IResult>>? redeem = null)
    {
        if (HttpMethods.IsPost(context.Request.Method))
        {
            return await ToGetAsync(context, connection);
        }

        var query = context.Request.Query;
        if (s_parameters.Any(name => query[name] is { Count: > 1 } or [{ Length: > MaxParameter }]))
        {
            return await failures.ForgedAsync(context, connection, ExternalRefusal.Invalid, "a parameter is there twice, or too long");
        }

        if (await challenges.TakeAsync(context, tenant.Id, query["state"], method, connection.Slug, context.RequestAborted) is not (var flow, var payload))
        {
            return await failures.ForgedAsync(context, connection, ExternalRefusal.Unsolicited, "state: no login of this browser waits for it");
        }

        try
        {
            if (redeem is not null)
            {
                return await redeem(flow, Code(query), payload);
            }

            return protocol.Open(payload) is { } question
                ? await AnswerAsync(context, connection, flow, question)
                : throw new ExternalFailureException(ExternalRefusal.Unsolicited, "state: cannot be opened any more");
        }
        catch (ExternalFailureException failure)
        {
            return await RefuseAsync(context, connection, failure, flow);
        }
    }

    private async Task<IResult> AnswerAsync(HttpContext context, ConnectionRecord connection, LoginFlow flow, OidcQuestion question)
    {
        var query = context.Request.Query;
        var provider = providers.Of(connection);
        var metadata = await provider.MetadataAsync(context.RequestAborted);

        // RFC 9207, section 2.4: before anything else is done with the answer, an error too.
        if (query.TryGetValue("iss", out var issuer) ? issuer != metadata.Issuer : metadata.SendsIssuer)
        {
            throw new ExternalFailureException(ExternalRefusal.Invalid, "the answer is another provider's (iss)");
        }

        question.State = query["state"]!;
        question.Code = Code(query);
        var login = new OidcLogin(provider, metadata, question, protocol.Callback(connection), backchannel, verifier);
        var token = await login.AnswerAsync(context);
        var claims = OidcProofs.Merge(token.Claims, await UserInfoAsync(provider, metadata, login, token, context.RequestAborted));
        var kept = await tokens.KeepAsync(tenant.Id, connection, login.Tokens!, provider.Settings.KeepTokens, context.RequestAborted);
        var proof = OidcProofs.Make(provider, token, claims, question, flow.Transaction.Requirement, kept, time.GetUtcNow());
        return await signIn.AcceptAsync(context, flow, proof);
    }

    private async Task<JsonElement?> UserInfoAsync(OidcProvider provider, OidcMetadata metadata, OidcLogin login, ProviderToken token, CancellationToken cancellationToken) =>
        provider.Settings.UserInfo && metadata.UserInfo is { } endpoint && OidcProofs.IsLacking(token.Claims, provider.Connection.Mapping)
            ? await backchannel.UserInfoAsync(provider, endpoint, login.Tokens!.AccessToken, token.Text("sub")!, cancellationToken)
            : null;

    private static string Code(IQueryCollection query) => query["error"].ToString() is { Length: > 0 } error
        ? throw Refusal(ProviderJson.Code(error))
        : query["code"].ToString() is { Length: > 0 } code ? code : throw new ExternalFailureException(ExternalRefusal.Invalid, "the answer has no code");

    // OpenID Connect Core, section 3.1.2.6; RFC 6749, section 4.1.2.1.
    private static ExternalFailureException Refusal(string error) => new(
        error switch
        {
            "access_denied" or "login_required" or "interaction_required" or "consent_required" or "account_selection_required" => ExternalRefusal.Refused,
            "unmet_authentication_requirements" => ExternalRefusal.TooWeak,
            _ => ExternalRefusal.Unavailable,
        },
        $"authorization: the provider answered {error}");

    private Task<IResult> RefuseAsync(HttpContext context, ConnectionRecord connection, ExternalFailureException failure, LoginFlow? flow) =>
        failures.PageAsync(context, connection.Name, connection.Slug, failure.Refusal, failure.Message, flow);

    // A post from elsewhere comes without this browser's cookies (SameSite=Lax); the GET that follows has them, and is judged.
    private async Task<IResult> ToGetAsync(HttpContext context, ConnectionRecord connection)
    {
        if (context.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) is not true || context.Request.ContentLength > MaxForm)
        {
            return errors.Page(context, ErrorKind.BadRequest);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
        {
            bound.MaxRequestBodySize = MaxForm;
        }

        IFormCollection form;
        try
        {
            form = await context.Request.ReadFormAsync(new FormOptions { ValueCountLimit = 32, KeyLengthLimit = 64, ValueLengthLimit = 16 * 1024 }, context.RequestAborted);
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException)
        {
            return errors.Page(context, ErrorKind.BadRequest);
        }

        var answer = new QueryBuilder();
        foreach (var name in s_parameters)
        {
            foreach (var value in form[name].Where(static value => value is { Length: <= MaxParameter }))
            {
                answer.Add(name, value!);
            }
        }

        if (tenant.Id != Identifiers.TenantId.Default)
        {
            answer.Add("tenant", tenant.Id.Value);
        }

        return new SeeOther(OidcPaths.Callback(connection) + answer);
    }
}
