using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Sso.Oidc;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Sso.Setup;

/// <summary>Takes what an OpenID Provider shows of the app that was made there, and asks it at once whether it is right.</summary>
internal sealed class SetupClient(SetupGate gate, OidcSetup setup, Connections connections, ConnectionTrial trial, ConnectionAddresses addresses, CurrentTenant tenant, PageRenderer pages, ErrorPages errors)
{
    private const int MaxText = 2048;
    private const string ByKey = "private_key_jwt";

    /// <summary>Our values, in the product's words.</summary>
    public IResult Values(HttpContext context, SetupStep step) => pages.Page<SetupClientValuesPage>(
        context,
        StatusCodes.Status200OK,
        ("Invitation", step),
        ("Values", addresses.Of(step.Connection).ToDictionary(static address => address.Name, static address => address.Url)));

    public async Task<IResult> ShowAsync(HttpContext context) => await gate.FindAsync(context) is not { } step ? gate.Over(context)
        : step.IsSaml ? new SeeOther(SetupPaths.Metadata)
        : Page(context, step, FormErrors.None);

    public async Task<IResult> PostAsync(HttpContext context)
    {
        if (await gate.FindAsync(context) is not { IsSaml: false } step)
        {
            return gate.Over(context);
        }

        if (!await gate.MayTryAsync(step, context.RequestAborted))
        {
            return errors.Page(context, ErrorKind.TooManyRequests);
        }

        var choices = Read(context.Request.Form);
        if (await setup.SetAsync(tenant.Id, step.Connection.Slug, choices, null, context.RequestAborted) is ConnectionChange.Refused refused)
        {
            return Page(context, step, Problems(pages.Texts(context), refused.Mistakes));
        }

        // Another provider than the one that was tried.
        await gate.UpdateAsync(step, static invite => invite with { Tested = false }, context.RequestAborted);
        return await AskAsync(context, step) is { } wrong
            ? Page(context, step, FormErrors.Of(wrong.Fault is ExternalFault.Client ? "secret" : "issuer", pages.Texts(context)[OidcTrialWords.Of(wrong.Fault)]), wrong.Found)
            : new SeeOther(SetupPaths.Domain);
    }

    private static OidcChoices Read(IFormCollection form)
    {
        var secret = Field("secret");
        return new OidcChoices
        {
            Issuer = Field("issuer"),
            ClientId = Field("client"),
            Authentication = form["authentication"] == ByKey ? ByKey : "client_secret_basic",
            ClientSecret = secret.Length > 0 ? secret : null,
        };

        string Field(string name) => form[name].ToString() is { Length: <= MaxText } value ? value.Trim() : string.Empty;
    }

    private static FormErrors Problems(PageTexts texts, IReadOnlyList<string> mistakes)
    {
        FormErrors problems = new();
        foreach (var code in mistakes.Select(static mistake => mistake.Split(' ')[0]).Distinct(StringComparer.Ordinal))
        {
            switch (code)
            {
                case "AG5321":
                    problems.Add("client", texts["Setup.ClientIdMissing"]);
                    break;
                case "AG5322" or "AG5335":
                    problems.Add("secret", texts["Setup.SecretMissing"]);
                    break;
                default:
                    problems.Add("issuer", texts["Setup.IssuerWrong"]);
                    break;
            }
        }

        return problems;
    }

    // Discovery, keys and the client's authentication: what can be found out without a person.
    private async Task<ConnectionCheck?> AskAsync(HttpContext context, SetupStep step)
    {
        var now = (await connections.OfAsync(tenant.Id, context.RequestAborted)).Find(step.Connection.Slug) ?? step.Connection;
        return (await trial.RunAsync(now, context.RequestAborted)).FirstOrDefault(static check => !check.Passed);
    }

    private IResult Page(HttpContext context, SetupStep step, FormErrors problems, string? technical = null)
    {
        var settings = OidcSettings.Parse(step.Connection.Settings);
        return pages.Page<SetupClientPage>(
            context,
            problems.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            ("Invitation", step),
            ("Errors", problems),
            ("Technical", technical),
            ("Known", settings.IsKnown ? settings.Issuer : null),
            ("Issuer", Typed("issuer") ?? settings.Issuer),
            ("Client", Typed("client") ?? settings.ClientId),
            ("Authentication", Typed("authentication") ?? (settings is { IsKnown: true, Authentication: ClientAuthentication.PrivateKeyJwt } ? ByKey : "secret")),
            ("HasSecret", settings.ClientSecret is not null),
            ("Jwks", addresses.Of(step.Connection).First(static address => address.Name == "jwks_uri").Url));

        string? Typed(string name) => context.Request.HasFormContentType ? context.Request.Form[name].ToString() : null;
    }
}
