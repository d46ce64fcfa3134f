using Authdog.Identity.Sso;
using Authdog.Identity.Tenants;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Social;

/// <summary>Sign-in with accounts that people have elsewhere (section <c>Social</c>).</summary>
public sealed class SocialOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Social";

    /// <summary>Providers by name; <c>google</c>, <c>microsoft</c>, <c>apple</c>, <c>github</c>, <c>gitlab</c>, <c>linkedin</c>, <c>facebook</c> and <c>discord</c> need a client id and a secret alone.</summary>
    public IDictionary<string, SocialProviderOptions> Providers { get; } = new Dictionary<string, SocialProviderOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the login page offers them.</summary>
    [PerTenant]
    public bool Enabled { get; set; } = true;

    /// <summary>What sessions, policies and the audit record call the providers, such as <c>social:google</c>.</summary>
    public IEnumerable<string> ConnectionNames() => Providers.Keys.Select(static provider => ConnectionRecord.SocialPrefix + provider);

    internal sealed class Validator : IValidateOptions<SocialOptions>
    {
        public ValidateOptionsResult Validate(string? name, SocialOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            foreach (var (provider, own) in options.Providers)
            {
                foreach (var mistake in Mistakes($"{Section}:Providers:{provider}", provider, own))
                {
                    errors.AddError(mistake);
                }
            }

            return errors.Build();
        }

        private static IEnumerable<string> Mistakes(string place, string provider, SocialProviderOptions own)
        {
            if (!Connection.IsSlug(provider))
            {
                yield return $"AG5401 {place} has a name that cannot stand in an address. Use 1–{Connection.MaxSlug} of a–z, 0–9 and inner '-'.";
            }

            if (own.Preset is { } preset && !SocialPresets.Has(preset))
            {
                yield return $"AG5402 {place}:Preset is '{preset}'. Choose from {string.Join(", ", SocialPresets.Names)}, or give Issuer or the endpoints yourself.";
            }

            var whole = SocialPresets.Complete(provider, own);
            if (string.IsNullOrWhiteSpace(whole.ClientId))
            {
                yield return $"AG5403 {place}:ClientId is empty. Give the client id that the provider shows for this app.";
            }

            if (whole.Issuer is null && (whole.AuthorizationEndpoint is null || whole.TokenEndpoint is null || whole.UserEndpoint is null))
            {
                yield return $"AG5404 {place} has neither Issuer nor AuthorizationEndpoint, TokenEndpoint and UserEndpoint. Give the issuer of an OpenID Provider, or all three endpoints of an OAuth 2.0 provider.";
            }

            foreach (var (key, value) in new[] { ("Issuer", whole.Issuer?.Replace("{tenantid}", "common", StringComparison.Ordinal)), ("AuthorizationEndpoint", whole.AuthorizationEndpoint), ("TokenEndpoint", whole.TokenEndpoint), ("UserEndpoint", whole.UserEndpoint), ("EmailEndpoint", whole.EmailEndpoint) })
            {
                if (value is not null && !(Uri.TryCreate(value, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)))
                {
                    yield return $"AG5405 {place}:{key} is '{value}'. Give an absolute https address.";
                }
            }

            var apple = new[] { whole.AppleTeamId, whole.AppleKeyId, whole.AppleKeyFile };
            if (apple.Any(static value => value is not null) && (apple.Any(string.IsNullOrWhiteSpace) || !File.Exists(whole.AppleKeyFile)))
            {
                yield return $"AG5406 {place} needs AppleTeamId, AppleKeyId and AppleKeyFile, all three, and the file has to be there.";
            }
            else if (whole.ClientSecret is null && whole.AppleKeyFile is null)
            {
                yield return $"AG5407 {place}:ClientSecret is not set. Give the secret that the provider shows (for Apple, AppleTeamId, AppleKeyId and AppleKeyFile).";
            }
        }
    }
}
