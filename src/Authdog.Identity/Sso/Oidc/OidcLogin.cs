using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>One login at one provider: options and events for the framework's handler, made for this request alone (B14).</summary>
internal sealed class OidcLogin(OidcProvider provider, OidcMetadata metadata, OidcQuestion question, string callback, OidcBackchannel backchannel, ProviderTokenVerifier verifier)
    : IOptionsMonitor<OpenIdConnectOptions>, ISecureDataFormat<AuthenticationProperties>, IConfigurationManager<OpenIdConnectConfiguration>
{
    private const string Verifier = "code_verifier";
    private OpenIdConnectOptions? _options;

    /// <summary>What the token endpoint gave.</summary>
    public OidcTokens? Tokens { get; private set; }

    /// <summary>The ID token, verified and judged.</summary>
    public ProviderToken? IdToken { get; private set; }

    OpenIdConnectOptions IOptionsMonitor<OpenIdConnectOptions>.CurrentValue => Options();

    OpenIdConnectOptions IOptionsMonitor<OpenIdConnectOptions>.Get(string? name) => Options();

    IDisposable? IOptionsMonitor<OpenIdConnectOptions>.OnChange(Action<OpenIdConnectOptions, string?> listener) => null;

    /// <summary>The address that asks the provider; afterwards the question has all that its answer will need.</summary>
    public async Task<string> AskAsync(HttpContext context)
    {
        var properties = new AuthenticationProperties { RedirectUri = "/" };
        await (await HandlerAsync(context)).ChallengeAsync(properties);
        question.CodeVerifier = properties.Items.TryGetValue(Verifier, out var made) ? made : null;
        var address = context.Response.Headers.Location.ToString();
        context.Response.Headers.Remove("Location");
        context.Response.StatusCode = StatusCodes.Status200OK;
        return address;
    }

    /// <summary>Takes the answer that a request brings.</summary>
    /// <exception cref="ExternalFailureException">It is not to be believed.</exception>
    public async Task<ProviderToken> AnswerAsync(HttpContext context)
    {
        var result = await (await HandlerAsync(context)).AnswerAsync();
        return result is { Succeeded: true } && IdToken is { } token ? token : throw Unwrap(result.Failure);
    }

    string ISecureDataFormat<AuthenticationProperties>.Protect(AuthenticationProperties data) => question.State;

    string ISecureDataFormat<AuthenticationProperties>.Protect(AuthenticationProperties data, string? purpose) => question.State;

    // Whose state this is was looked up before, and taken.
    AuthenticationProperties? ISecureDataFormat<AuthenticationProperties>.Unprotect(string? protectedText)
    {
        var properties = new AuthenticationProperties { RedirectUri = "/" };
        properties.Items[Verifier] = question.CodeVerifier;
        properties.Items[OpenIdConnectDefaults.RedirectUriForCodePropertiesKey] = callback;
        return properties;
    }

    AuthenticationProperties? ISecureDataFormat<AuthenticationProperties>.Unprotect(string? protectedText, string? purpose) =>
        ((ISecureDataFormat<AuthenticationProperties>)this).Unprotect(protectedText);

    Task<OpenIdConnectConfiguration> IConfigurationManager<OpenIdConnectConfiguration>.GetConfigurationAsync(CancellationToken cancel) => Task.FromResult(new OpenIdConnectConfiguration
    {
        Issuer = metadata.Issuer,
        AuthorizationEndpoint = metadata.Authorization.AbsoluteUri,
        TokenEndpoint = metadata.Token.AbsoluteUri,
        PushedAuthorizationRequestEndpoint = metadata.Pushed?.AbsoluteUri,
        RequirePushedAuthorizationRequests = metadata.RequiresPushed,
    });

    void IConfigurationManager<OpenIdConnectConfiguration>.RequestRefresh()
    {
        // Keys are looked for by OidcProvider, before a token is refused.
    }

    private static ExternalFailureException Unwrap(Exception? failure)
    {
        for (var at = failure; at is not null; at = at.InnerException)
        {
            if (at is ExternalFailureException known)
            {
                return known;
            }
        }

        return new ExternalFailureException(ExternalRefusal.Invalid, $"the answer is not as the protocol says ({failure?.GetType().Name ?? "no reason given"})", inner: failure);
    }

    private async Task<OidcHandler> HandlerAsync(HttpContext context)
    {
        var handler = new OidcHandler(this, HtmlEncoder.Default, UrlEncoder.Default);
        await handler.InitializeAsync(new AuthenticationScheme(provider.Connection.LoginProvider, null, typeof(OidcHandler)), context);
        return handler;
    }

    private OpenIdConnectOptions Options()
    {
        if (_options is { } made)
        {
            return made;
        }

        var settings = provider.Settings;
        var options = new OpenIdConnectOptions
        {
            ClientId = settings.ClientId,
            ConfigurationManager = this,
            StateDataFormat = this,
            TokenHandler = new IdTokenHandler(this),
            ResponseType = OpenIdConnectResponseType.Code,
            ResponseMode = settings.ResponseMode,
            UsePkce = true,
            PushedAuthorizationBehavior = settings.RequirePushed || metadata.RequiresPushed ? PushedAuthorizationBehavior.Require : PushedAuthorizationBehavior.UseIfAvailable,
            MaxAge = question.MaxAge is { } age ? TimeSpan.FromSeconds(age) : null,
            Prompt = question.Prompt,
            MapInboundClaims = false,
            DisableTelemetry = true,
            GetClaimsFromUserInfoEndpoint = false,
            SaveTokens = false,
            SkipUnrecognizedRequests = false,
            Events = new OpenIdConnectEvents
            {
                OnRedirectToIdentityProvider = AskedAsync,
                OnPushAuthorization = PushAsync,
                OnAuthorizationCodeReceived = RedeemAsync,
            },
        };
        options.ProtocolValidator.RequireNonce = false;
        options.Scope.Clear();
        foreach (var scope in settings.Scopes.Prepend("openid").Distinct(StringComparer.Ordinal))
        {
            options.Scope.Add(scope);
        }

        return _options = options;
    }

    private Task AskedAsync(RedirectContext context)
    {
        var message = context.ProtocolMessage;
        foreach (var (name, value) in provider.Settings.Parameters)
        {
            message.SetParameter(name, value);
        }

        // Never what the Host header says.
        message.RedirectUri = callback;
        message.Nonce = question.Nonce;
        message.LoginHint = question.LoginHint;
        message.AcrValues = question.Acr;
        return Task.CompletedTask;
    }

    private async Task PushAsync(PushedAuthorizationContext context)
    {
        var parameters = context.ProtocolMessage.Parameters.Where(static pair => pair.Value is not null);
        context.HandlePush(await backchannel.PushAsync(provider, metadata.Pushed!, parameters, context.HttpContext.RequestAborted));
    }

    private async Task RedeemAsync(AuthorizationCodeReceivedContext context)
    {
        var parameters = context.TokenEndpointRequest!.Parameters.Where(static pair => pair.Value is not null);
        Tokens = await backchannel.TokenAsync(provider, parameters, context.HttpContext.RequestAborted);
        context.HandleCodeRedemption(Tokens.AccessToken, Tokens.IdToken ?? throw ProviderTokenVerifier.Refuse("token", "the answer has no ID token", ExternalFault.Token));
    }

    private async Task<TokenValidationResult> JudgeAsync(string token)
    {
        var verified = await verifier.VerifyAsync(provider, token, "ID token", Oidc.IdToken.IsType, CancellationToken.None);
        Oidc.IdToken.Check(verified, provider.Settings.ClientId, question.Nonce, question.Code!, Tokens?.AccessToken);
        IdToken = verified;

        // What the handler needs to go on; everything else is read from the verified token.
        return new TokenValidationResult
        {
            IsValid = true,
            ClaimsIdentity = new ClaimsIdentity([new Claim("sub", verified.Text("sub")!)], "oidc"),
            SecurityToken = new JsonWebToken("{\"alg\":\"none\"}", $"{{\"sub\":{System.Text.Json.JsonSerializer.Serialize(verified.Text("sub"))}}}"),
        };
    }

    /// <summary>Puts the verifier where the handler looks for one.</summary>
    private sealed class IdTokenHandler(OidcLogin login) : TokenHandler
    {
        public override Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters) => login.JudgeAsync(token);
    }
}
