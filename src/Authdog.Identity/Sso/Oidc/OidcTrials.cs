using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Redis;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>Tries a sign-in for who sets a connection up: a real round trip, judged as any other, whose outcome is a report and no session.</summary>
internal sealed class OidcTrials(OidcProviders providers, OidcAnswers answers, OidcBackchannel backchannel, ProviderTokenVerifier verifier, TrialReports reports, RecordStore records, TenantLinks links, IDataProtectionProvider protection, TimeProvider time)
{
    private const string Kind = "oidc-trial";
    private const int StateLength = 43;

    // What every token has, and nobody sets a connection up by.
    private static readonly string[] s_protocol = ["iss", "aud", "azp", "exp", "iat", "nbf", "jti", "nonce", "at_hash", "c_hash", "s_hash", "auth_time", "sid", "rh", "uti", "ver", "aio"];
    private readonly IDataProtector _protector = protection.CreateProtector("Authdog.Sso.Oidc.Trial.v1");

    /// <summary>Begins one and returns where the browser goes; null while the connection does not know its provider.</summary>
    /// <exception cref="ExternalFailureException">The provider cannot be asked.</exception>
    public async Task<string?> BeginAsync(HttpContext context, ConnectionRecord connection, string page)
    {
        var provider = providers.Of(connection);
        if (!provider.Settings.IsKnown)
        {
            return null;
        }

        var metadata = await provider.MetadataAsync(context.RequestAborted);
        OidcQuestion question = new() { State = Random(), Nonce = Random(), AskedAt = time.GetUtcNow() };
        var address = await new OidcLogin(provider, metadata, question, Callback(connection), backchannel, verifier).AskAsync(context);
        await records.CreateAsync(connection.Tenant, Kind, Id(connection, question.State), new Trial(page, _protector.Protect(question.ToJson())), TrialReports.Lifetime, context.RequestAborted);
        return address;
    }

    /// <summary>Judges an answer, if it is to a trial, and returns the address of the report; null when it is to something else.</summary>
    public async Task<string?> AnswerAsync(HttpContext context, ConnectionRecord connection)
    {
        if (context.Request.Query["state"] is not [{ Length: StateLength } state]
            || await records.TakeAsync<Trial>(connection.Tenant, Kind, Id(connection, state), context.RequestAborted) is not { } trial
            || Open(trial.Question) is not { } question)
        {
            return null;
        }

        return await reports.KeepAsync(connection, await JudgeAsync(context, connection, question), trial.Page, context.RequestAborted);
    }

    private async Task<TrialReport> JudgeAsync(HttpContext context, ConnectionRecord connection, OidcQuestion question)
    {
        try
        {
            var answer = await answers.VerifyAsync(context, connection, question, Callback(connection));
            var email = EmailAddress.TryParse(ClaimPath.Text(answer.Claims, connection.Mapping.Email), out var read) ? read.Value : null;
            return new TrialReport
            {
                Connection = connection.Id,
                HasSubject = true,
                Email = email,
                Rows = [.. answer.Claims.EnumerateObject().Where(static claim => !s_protocol.Contains(claim.Name)).Take(TrialRow.Most).Select(claim => TrialRow.Of(claim.Name, Text(claim.Value), Becomes(connection.Mapping, answer.Claims, claim.Name)))],
            };
        }
        catch (ExternalFailureException failure)
        {
            return new TrialReport { Connection = connection.Id, Why = OidcTrialWords.Of(failure.Fault), Problem = failure.Message };
        }
    }

    private static string Text(JsonElement value) => ClaimPath.Texts(value).ToList() is { Count: > 0 } texts ? string.Join(", ", texts.Take(20)) : value.GetRawText();

    private static string? Becomes(ConnectionMapping mapping, JsonElement claims, string name)
    {
        return name is "sub" ? "Setup.TestSubject"
            : Leads(mapping.Email) ? "Setup.ClaimEmail"
            : Leads(mapping.Name) ? "Setup.ClaimName"
            : Leads(mapping.Groups) ? "Setup.ClaimGroups"
            : mapping.Attributes.Values.Any(Leads) ? "Setup.ClaimAttribute"
            : null;

        // A path into a claim leads through it, unless a claim has the whole path as its name (ClaimPath).
        bool Leads(string path) => path == name || (path.StartsWith(name + ".", StringComparison.Ordinal) && !claims.TryGetProperty(path, out _));
    }

    private OidcQuestion? Open(string question)
    {
        try
        {
            return OidcQuestion.Parse(_protector.Unprotect(question));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private string Callback(ConnectionRecord connection) => links.Link(OidcPaths.Callback(connection));

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    // Another connection finds nothing by it, and takes nothing away.
    private static string Id(ConnectionRecord connection, string state) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{connection.Id:N}\n{state}")));

    private sealed record Trial(string Page, string Question);
}
