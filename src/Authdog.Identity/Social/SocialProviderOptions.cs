namespace Authdog.Identity.Social;

/// <summary>One social provider. What a preset knows need not be said.</summary>
public sealed class SocialProviderOptions
{
    /// <summary>The preset; the provider's own name in the configuration when absent.</summary>
    public string? Preset { get; set; }

    /// <summary>What people call it.</summary>
    public string? Name { get; set; }

    /// <summary>Client id that the provider shows for this app.</summary>
    public string ClientId { get; set; } = string.Empty;

    /// <summary>Client secret. Not for Apple, which has a key.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Issuer of an OpenID Provider; with it, discovery says everything else.</summary>
    public string? Issuer { get; set; }

    /// <summary>Where an OAuth 2.0 provider without OpenID Connect asks the person.</summary>
    public string? AuthorizationEndpoint { get; set; }

    /// <summary>Where it gives tokens.</summary>
    public string? TokenEndpoint { get; set; }

    /// <summary>Where it says who the person is.</summary>
    public string? UserEndpoint { get; set; }

    /// <summary>Where it lists the person's addresses with <c>email</c>, <c>primary</c> and <c>verified</c>, when it does not say them with the person.</summary>
    public string? EmailEndpoint { get; set; }

    /// <summary>Scopes to ask for.</summary>
    public IList<string> Scopes { get; } = [];

    /// <summary>Path of the person's id in what the provider says of them; OAuth 2.0 alone.</summary>
    public string? SubjectClaim { get; set; }

    /// <summary>Path of the address.</summary>
    public string? EmailClaim { get; set; }

    /// <summary>Path of whether the address is the person's; without it, no address of the provider is believed. OAuth 2.0 alone.</summary>
    public string? EmailVerifiedClaim { get; set; }

    /// <summary>Path of the name.</summary>
    public string? NameClaim { get; set; }

    /// <summary>Whether the provider takes PKCE (RFC 7636); OAuth 2.0 alone.</summary>
    public bool? Pkce { get; set; }

    /// <summary>Apple's team id.</summary>
    public string? AppleTeamId { get; set; }

    /// <summary>Id of Apple's key.</summary>
    public string? AppleKeyId { get; set; }

    /// <summary>File of Apple's key (<c>.p8</c>).</summary>
    public string? AppleKeyFile { get; set; }
}
