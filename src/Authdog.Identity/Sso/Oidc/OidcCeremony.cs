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
    OidcProtocol protocol,
    OidcAnswers answers,
    OidcTrials trials,
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
        Connection.IsSlug(slug) && (await connections.OfAsync(tenant.Id, context.RequestAborted)).Find(slug) is { Kind: ConnectionKind.Oidc } connection
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

        if (await trials.AnswerAsync(context, connection) is { } report)
        {
            return new SeeOther(report);
        }

        // A connection that is switched off can be tried, and signs nobody in.
        if (!connection.Enabled)
        {
            return errors.Page(context, ErrorKind.NotFound);
        }

        if (await challenges.TakeAsync(context, tenant.Id, query["state"], method, connection.Slug, context.RequestAborted) is not (var flow, var payload))
        {
            return await failures.ForgedAsync(context, connection, ExternalRefusal.Unsolicited, "state: no login of this browser waits for it");
        }

        try
        {
            if (redeem is not null)
            {
                return await redeem(flow, OidcAnswers.Code(query), payload);
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
        var answer = await answers.VerifyAsync(context, connection, question, protocol.Callback(connection));
        var kept = await tokens.KeepAsync(tenant.Id, connection, answer.Tokens, answer.Provider.Settings.KeepTokens, context.RequestAborted);
        var proof = OidcProofs.Make(answer.Provider, answer.Token, answer.Claims, question, flow.Transaction.Requirement, kept, time.GetUtcNow());
        return await signIn.AcceptAsync(context, flow, proof);
    }

    private Task<IResult> RefuseAsync(HttpContext context, ConnectionRecord connection, ExternalFailureException failure, LoginFlow? flow) =>
        failures.PageAsync(context, connection.Name, connection.QualifiedName, failure.Refusal, failure.Message, flow);

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
