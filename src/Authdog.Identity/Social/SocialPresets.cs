using System.Collections.Frozen;

namespace Authdog.Identity.Social;

/// <summary>What is known of the large providers.</summary>
internal static class SocialPresets
{
    private static readonly FrozenDictionary<string, Func<SocialProviderOptions>> s_presets = new Dictionary<string, Func<SocialProviderOptions>>(StringComparer.OrdinalIgnoreCase)
    {
        ["google"] = static () => With(new() { Name = "Google", Issuer = "https://accounts.google.com" }, "email", "profile"),

        // One issuer for each of its tenants, and addresses that nobody has verified unless the claim xms_edov says so.
        ["microsoft"] = static () => With(new() { Name = "Microsoft", Issuer = "https://login.microsoftonline.com/{tenantid}/v2.0" }, "email", "profile"),
        ["apple"] = static () => With(new() { Name = "Apple", Issuer = "https://appleid.apple.com" }, "email", "name"),
        ["gitlab"] = static () => With(new() { Name = "GitLab", Issuer = "https://gitlab.com" }, "email", "profile"),
        ["github"] = static () => With(
            new()
            {
                Name = "GitHub",
                AuthorizationEndpoint = "https://github.com/login/oauth/authorize",
                TokenEndpoint = "https://github.com/login/oauth/access_token",
                UserEndpoint = "https://api.github.com/user",
                EmailEndpoint = "https://api.github.com/user/emails",
                SubjectClaim = "id",
                NameClaim = "name",
            },
            "read:user",
            "user:email"),

        // Its ID tokens have no nonce, so that they answer no login; what counts is said by userinfo.
        ["linkedin"] = static () => With(
            new()
            {
                Name = "LinkedIn",
                AuthorizationEndpoint = "https://www.linkedin.com/oauth/v2/authorization",
                TokenEndpoint = "https://www.linkedin.com/oauth/v2/accessToken",
                UserEndpoint = "https://api.linkedin.com/v2/userinfo",
                SubjectClaim = "sub",
                EmailVerifiedClaim = "email_verified",
                Pkce = false,
            },
            "openid",
            "profile",
            "email"),

        // It does not say whether an address is verified: it signs in to accounts that are linked to it, and makes none.
        ["facebook"] = static () => With(
            new()
            {
                Name = "Facebook",
                AuthorizationEndpoint = "https://www.facebook.com/v21.0/dialog/oauth",
                TokenEndpoint = "https://graph.facebook.com/v21.0/oauth/access_token",
                UserEndpoint = "https://graph.facebook.com/v21.0/me?fields=id,name,email",
                SubjectClaim = "id",
            },
            "public_profile",
            "email"),
        ["discord"] = static () => With(
            new()
            {
                Name = "Discord",
                AuthorizationEndpoint = "https://discord.com/oauth2/authorize",
                TokenEndpoint = "https://discord.com/api/oauth2/token",
                UserEndpoint = "https://discord.com/api/users/@me",
                SubjectClaim = "id",
                NameClaim = "global_name",
                EmailVerifiedClaim = "verified",
            },
            "identify",
            "email"),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Names of the presets.</summary>
    public static IEnumerable<string> Names => s_presets.Keys.Order(StringComparer.Ordinal);

    /// <summary>Whether there is one of this name.</summary>
    public static bool Has(string name) => s_presets.ContainsKey(name);

    /// <summary>A provider's options with what its preset knows in the gaps.</summary>
    public static SocialProviderOptions Complete(string name, SocialProviderOptions own)
    {
        var preset = s_presets.GetValueOrDefault(own.Preset ?? name)?.Invoke() ?? new SocialProviderOptions();
        var whole = new SocialProviderOptions
        {
            Preset = own.Preset ?? name,
            Name = own.Name ?? preset.Name ?? name,
            ClientId = own.ClientId,
            ClientSecret = own.ClientSecret,
            Issuer = own.Issuer ?? (own.AuthorizationEndpoint is null ? preset.Issuer : null),
            AuthorizationEndpoint = own.AuthorizationEndpoint ?? preset.AuthorizationEndpoint,
            TokenEndpoint = own.TokenEndpoint ?? preset.TokenEndpoint,
            UserEndpoint = own.UserEndpoint ?? preset.UserEndpoint,
            EmailEndpoint = own.EmailEndpoint ?? preset.EmailEndpoint,
            SubjectClaim = own.SubjectClaim ?? preset.SubjectClaim ?? "sub",
            EmailClaim = own.EmailClaim ?? preset.EmailClaim ?? "email",
            EmailVerifiedClaim = own.EmailVerifiedClaim ?? preset.EmailVerifiedClaim,
            NameClaim = own.NameClaim ?? preset.NameClaim ?? "name",
            Pkce = own.Pkce ?? preset.Pkce ?? true,
            AppleTeamId = own.AppleTeamId,
            AppleKeyId = own.AppleKeyId,
            AppleKeyFile = own.AppleKeyFile,
        };
        return With(whole, [.. own.Scopes.Count > 0 ? own.Scopes : preset.Scopes]);
    }

    private static SocialProviderOptions With(SocialProviderOptions options, params IEnumerable<string> scopes)
    {
        foreach (var scope in scopes)
        {
            options.Scopes.Add(scope);
        }

        return options;
    }
}
