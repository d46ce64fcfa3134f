using System.Net;
using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Passkeys;

/// <summary>Passkeys (section <c>Passkeys</c>).</summary>
public sealed class PasskeyOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Passkeys";

    /// <summary>Whether people can register passkeys and sign in with them.</summary>
    [PerTenant]
    public bool Enabled { get; set; } = true;

    /// <summary>Origins where passkeys can be used, such as <c>https://login.example.com</c>; empty: that of <c>Gateway:PublicUrl</c>, and the tenant's own hosts. On every other host none is offered.</summary>
    [PerTenant]
    public IList<string> Origins { get; } = [];

    /// <summary>RP ID: the domain that passkeys belong to. Absent: the host of the first of <see cref="Origins"/>; without those, the page's own. A parent domain makes one passkey good for all its hosts. Changing it makes every passkey useless.</summary>
    [PerTenant]
    public string? RelyingPartyId { get; set; }

    /// <summary>Origins of other domains whose pages may use these passkeys too, such as <c>https://example.net</c>; told to browsers at <c>/.well-known/webauthn</c>.</summary>
    [PerTenant]
    public IList<string> RelatedOrigins { get; } = [];

    /// <summary>Whether a passkey alone must verify its user, which makes it two factors (<c>aal2</c>); otherwise one that does not is one factor.</summary>
    [PerTenant]
    public UserVerification UserVerification { get; set; } = UserVerification.Required;

    /// <summary>What becomes of a sign-in whose signature counter did not rise, a sign of a copied authenticator.</summary>
    [PerTenant]
    public CounterRegression CounterRegression { get; set; } = CounterRegression.Refuse;

    /// <summary>AAGUIDs of the authenticator models that may be registered; empty: any. Needs <see cref="AttestationRootsFile"/> or <see cref="Authenticators"/>.</summary>
    [PerTenant]
    public IList<Guid> AllowedAuthenticators { get; } = [];

    /// <summary>PEM file of the manufacturers' root certificates. With it attestation is asked for and verified, and policies know the models of verified ones; absent: attestation <c>none</c>.</summary>
    public string? AttestationRootsFile { get; set; }

    /// <summary>Single models by AAGUID, each with roots of its own: it is verified up to these alone. Needed for models that say by <c>tpm</c>, <c>android-key</c>, <c>apple</c> or <c>fido-u2f</c> what they are: there the system around the hardware names the AAGUID.</summary>
    public IDictionary<string, AuthenticatorOptions> Authenticators { get; } = new Dictionary<string, AuthenticatorOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Passkeys that one user may have.</summary>
    [PerTenant]
    public int MaximumPerUser { get; set; } = 20;

    /// <summary>Whether people who signed in with a password are offered a passkey.</summary>
    [PerTenant]
    public bool OfferAfterPassword { get; set; } = true;

    /// <summary>How long "not now" holds, in this browser.</summary>
    [PerTenant]
    public TimeSpan OfferAgainAfter { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Whether a browser that can may make a passkey by itself after a sign-in with a saved password (conditional create).</summary>
    [PerTenant]
    public bool CreateAutomatically { get; set; } = true;

    /// <summary>How long a browser waits for the authenticator.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);

    internal sealed class Validator(IOptions<PublicUrlOptions> reach) : IValidateOptions<PasskeyOptions>
    {
        public ValidateOptionsResult Validate(string? name, PasskeyOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            AddOriginErrors(errors, options);
            AddRelyingPartyErrors(errors, options, reach.Value.PublicUrl);
            AddAttestationErrors(errors, options);
            if (options.MaximumPerUser is < 1 or > 100)
            {
                errors.AddError($"{Section}:MaximumPerUser is {options.MaximumPerUser}. Give 1 to 100.");
            }

            AddSpanError(errors, nameof(OfferAgainAfter), options.OfferAgainAfter, TimeSpan.FromHours(1), TimeSpan.FromDays(365));
            AddSpanError(errors, nameof(Timeout), options.Timeout, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(10));
            return errors.Build();
        }

        private static void AddOriginErrors(ValidateOptionsResultBuilder errors, PasskeyOptions options)
        {
            foreach (var (key, origin) in options.Origins.Select(origin => (nameof(Origins), origin)).Concat(options.RelatedOrigins.Select(origin => (nameof(RelatedOrigins), origin))).Where(pair => !IsSecureOrigin(pair.origin)))
            {
                errors.AddError($"{Section}:{key} has '{origin}'. Give https, host and port only, in lower case, such as https://example.net (http for localhost alone).");
            }

            // WebAuthn Level 3, section 5.11.1: browsers are only asked to take five labels.
            var labels = options.RelatedOrigins.Where(IsSecureOrigin).Select(origin => Label(new Uri(origin).Host)).Distinct(StringComparer.Ordinal).Count();
            if (labels > 5)
            {
                errors.AddError($"{Section}:RelatedOrigins has {labels} different names before the public suffix; browsers read no more than 5. Use fewer domains.");
            }
        }

        private static void AddRelyingPartyErrors(ValidateOptionsResultBuilder errors, PasskeyOptions options, Uri publicUrl)
        {
            if (options.RelyingPartyId is { } configured && !IsDomain(configured))
            {
                errors.AddError($"{Section}:RelyingPartyId is '{configured}'. Give a domain in lower case, such as example.com: no scheme, port, address or trailing dot.");
                return;
            }

            List<string> hosts = options.Origins.Count > 0 ? [.. options.Origins.Where(IsSecureOrigin).Select(origin => new Uri(origin).IdnHost)] : [publicUrl.IdnHost];
            foreach (var host in hosts.Where(host => !RelyingParty.Covers(options.RelyingPartyId ?? hosts[0], host)))
            {
                errors.AddError(options.RelyingPartyId is { } id
                    ? $"{Section}:RelyingPartyId is '{id}', which is neither '{host}' ({(options.Origins.Count > 0 ? $"{Section}:Origins" : "Gateway:PublicUrl")}) nor a parent domain of it; browsers would refuse every passkey there. Give a domain that both share, or name the origin in {Section}:RelatedOrigins."
                    : $"{Section}:Origins has '{host}', which is no subdomain of the first one. Set {Section}:RelyingPartyId to the domain that all share, or name the origin in {Section}:RelatedOrigins.");
            }
        }

        private static void AddAttestationErrors(ValidateOptionsResultBuilder errors, PasskeyOptions options)
        {
            if (options.AllowedAuthenticators.Count > 0 && options is { AttestationRootsFile: null, Authenticators.Count: 0 })
            {
                errors.AddError($"{Section}:AllowedAuthenticators restricts models, but without {Section}:AttestationRootsFile or {Section}:Authenticators nothing proves a model. Name the PEM file of the manufacturers' roots.");
            }

            foreach (var aaguid in options.Authenticators.Keys.Where(static key => !Guid.TryParseExact(key, "D", out _)))
            {
                errors.AddError($"{Section}:Authenticators has '{aaguid}'. Give an AAGUID, such as 08987058-cadc-4b81-b6e1-30de50dcbe96.");
            }

            foreach (var (aaguid, _) in options.Authenticators.Where(static pair => string.IsNullOrWhiteSpace(pair.Value.RootsFile)))
            {
                errors.AddError($"{Section}:Authenticators:{aaguid}:RootsFile is not set. Name the PEM file of the roots of this model.");
            }

            var files = options.Authenticators.Select(static pair => ($"{nameof(Authenticators)}:{pair.Key}:{nameof(AuthenticatorOptions.RootsFile)}", pair.Value.RootsFile)).Append((nameof(AttestationRootsFile), options.AttestationRootsFile));
            foreach (var (key, file) in files)
            {
                if (file is not null && !File.Exists(file))
                {
                    errors.AddError($"{Section}:{key} is '{file}', which does not exist. Give the path of a PEM file.");
                }
                else if (file is not null && !AttestationRoots.TryRead(file, out _))
                {
                    errors.AddError($"{Section}:{key} is '{file}', which has no certificate in PEM. Give the manufacturers' roots, one after another.");
                }
            }
        }

        private static void AddSpanError(ValidateOptionsResultBuilder errors, string key, TimeSpan value, TimeSpan least, TimeSpan most)
        {
            if (value < least || value > most)
            {
                errors.AddError($"{Section}:{key} is {value}. Give {least} to {most}.");
            }
        }

        private static bool IsDomain(string text) =>
            Uri.CheckHostName(text) == UriHostNameType.Dns
            && !IPAddress.TryParse(text, out _)
            && !text.Any(char.IsUpper)
            && text[^1] != '.'
            && (text == "localhost" || text.Contains('.', StringComparison.Ordinal));

        private static bool IsSecureOrigin(string text) =>
            Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && RelyingParty.Covers("localhost", uri.Host)))
            && uri.GetLeftPart(UriPartial.Authority) == text
            && uri.UserInfo.Length == 0
            && IsDomain(uri.Host);

        // The label before the public suffix, by the rule of thumb that a suffix is one label, or two short ones.
        private static string Label(string host)
        {
            var labels = host.Split('.');
            var suffix = labels.Length > 2 && labels[^1].Length == 2 && labels[^2].Length <= 3 ? 2 : 1;
            return labels[^(suffix + 1)];
        }
    }
}
