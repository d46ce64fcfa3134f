using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>The framework's OpenID Connect handler for one login at one connection. The login transaction, bound to the browser and single use, stands in place of its cookies; it logs nothing, since what it would log are tokens.</summary>
internal sealed class OidcHandler(IOptionsMonitor<OpenIdConnectOptions> options, HtmlEncoder html, UrlEncoder url) : OpenIdConnectHandler(options, NullLoggerFactory.Instance, html, url)
{
    /// <summary>Judges the answer that this request brings.</summary>
    public Task<HandleRequestResult> AnswerAsync() => HandleRemoteAuthenticateAsync();

    /// <inheritdoc/>
    protected override void GenerateCorrelationId(AuthenticationProperties properties)
    {
        // The state is bound to the browser already (ExternalChallenges).
    }

    /// <inheritdoc/>
    protected override bool ValidateCorrelationId(AuthenticationProperties properties) => true;
}
