using Microsoft.Extensions.Options;

namespace Authdog.Identity.Pages;

/// <summary>Where people reach the gateway. Links in mail and the names of cookies follow it, never the <c>Host</c> header. Filled from <c>Gateway:PublicUrl</c>.</summary>
public sealed class PublicUrlOptions
{
    /// <summary>Absolute URL of scheme <c>http</c> or <c>https</c>.</summary>
    public Uri PublicUrl { get; set; } = new("http://localhost:8080");

    /// <summary>Whether cookies can be <c>Secure</c> and carry the <c>__Host-</c> prefix.</summary>
    public bool IsSecure => PublicUrl.Scheme == Uri.UriSchemeHttps;

    /// <summary>The name that a cookie gets here: with the prefix wherever browsers honour it.</summary>
    public string CookieName(string name) => IsSecure ? "__Host-" + name : name;

    /// <summary>The origin of a tenant's own host: with scheme and port of the public URL.</summary>
    public string OriginOf(string host) => new UriBuilder(PublicUrl) { Host = host }.Uri.GetLeftPart(UriPartial.Authority);

    /// <summary>An absolute link to a path of the gateway.</summary>
    public string Link(string pathAndQuery) => new Uri(PublicUrl, pathAndQuery).AbsoluteUri;

    internal sealed class Validator : IValidateOptions<PublicUrlOptions>
    {
        public ValidateOptionsResult Validate(string? name, PublicUrlOptions options) =>
            options.PublicUrl is { IsAbsoluteUri: true } url && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail($"Gateway:PublicUrl is '{options.PublicUrl}'. Give the absolute http or https URL under which people reach the gateway.");
    }
}
