using Authdog.Identity.Sso;

namespace Authdog.Identity.Social;

/// <summary>One social provider, ready for use.</summary>
/// <param name="Options">Its options, completed by its preset.</param>
/// <param name="Connection">How the ceremonies of single sign-on see it.</param>
internal sealed record SocialProvider(SocialProviderOptions Options, ConnectionRecord Connection)
{
    /// <summary>Whether it speaks OpenID Connect.</summary>
    public bool IsOidc => Options.Issuer is not null;
}
