using System.Buffers;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Challenges;

/// <summary>Section <c>BotProtection:External</c>: the second step of challenges, by a third party. Absent by default: nobody else learns who comes here.</summary>
public sealed class ExternalOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "BotProtection:External";

    /// <summary>Who gives it.</summary>
    public ExternalProvider Provider { get; set; }

    /// <summary>The site's public key at the provider.</summary>
    public string? SiteKey { get; set; }

    /// <summary>The site's secret at the provider.</summary>
    public string? SecretKey { get; set; }

    /// <summary>The widget's script, where it is not the provider's usual one (such as <c>https://www.recaptcha.net/recaptcha/api.js</c>).</summary>
    public string? ScriptUrl { get; set; }

    /// <summary>Where answers are verified, where that is not the provider's usual place.</summary>
    public string? VerifyUrl { get; set; }

    /// <summary>How long the verification may take. After that, more work is asked for in its place.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How likely a person the provider must find somebody, 0 to 1, where its answer has a score (hCaptcha's and reCAPTCHA's keys of some kinds). 0: its yes is enough.</summary>
    public double LeastScore { get; set; }

    internal sealed class Validator : IValidateOptions<ExternalOptions>
    {
        private static readonly SearchValues<char> s_separators = SearchValues.Create(";,'\" \t");

        public ValidateOptionsResult Validate(string? name, ExternalOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            if (!Enum.IsDefined(options.Provider))
            {
                errors.AddError($"{Section}:Provider is {options.Provider}. Choose from {string.Join(", ", Enum.GetNames<ExternalProvider>())}.");
            }

            if (options.Provider is not ExternalProvider.None && string.IsNullOrWhiteSpace(options.SiteKey))
            {
                errors.AddError($"{Section}:SiteKey is absent. Give the public key that {options.Provider} has for this site.");
            }

            if (options.Provider is not ExternalProvider.None && string.IsNullOrWhiteSpace(options.SecretKey))
            {
                errors.AddError($"{Section}:SecretKey is absent. Give the secret that {options.Provider} has for this site.");
            }

            CheckAddress(errors, "ScriptUrl", options.ScriptUrl);
            CheckAddress(errors, "VerifyUrl", options.VerifyUrl);
            if (options.Timeout < TimeSpan.FromMilliseconds(100) || options.Timeout > TimeSpan.FromSeconds(30))
            {
                errors.AddError($"{Section}:Timeout is {options.Timeout}. Give 0.1 to 30 seconds.");
            }

            if (options.LeastScore is not (>= 0 and <= 1))
            {
                errors.AddError($"{Section}:LeastScore is {options.LeastScore}. Give 0 to 1.");
            }

            return errors.Build();
        }

        // It stands in a content security policy, where blank, comma and semicolon separate.
        private static bool IsAddress(string address) =>
            Uri.TryCreate(address, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            && url.UserInfo.Length == 0
            && !address.AsSpan().ContainsAny(s_separators);

        private static void CheckAddress(ValidateOptionsResultBuilder errors, string key, string? address)
        {
            if (address is not null && !IsAddress(address))
            {
                errors.AddError($"{Section}:{key} is '{address}'. Give an https:// address.");
            }
        }
    }
}
