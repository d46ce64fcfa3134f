using Authdog.Identity.Identifiers;
using Authdog.Identity.Tenants;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Sso;

/// <summary>How the gateway deals with other identity providers (section <c>Sso</c>).</summary>
public sealed class SsoOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Sso";

    /// <summary>Whether providers may be on loopback, link-local and private addresses. What a customer's administrator types must not make the gateway ask the inside of a network.</summary>
    public bool AllowPrivateNetworks { get; set; }

    /// <summary>How long a provider has to answer a request of the gateway.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Addresses of people who may pass by password although their domain has to sign in by a connection, for the day when it is broken.</summary>
    [PerTenant]
    public IList<string> BreakGlass { get; } = [];

    /// <summary>Whether an address is one of those.</summary>
    internal bool IsBreakGlass(EmailAddress email) => BreakGlass.Any(text => EmailAddress.TryParse(text, out var listed) && listed.Normalized == email.Normalized);

    internal sealed class Validator : IValidateOptions<SsoOptions>
    {
        public ValidateOptionsResult Validate(string? name, SsoOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            if (options.Timeout < TimeSpan.FromSeconds(1) || options.Timeout > TimeSpan.FromMinutes(1))
            {
                errors.AddError($"AG5310 {Section}:Timeout is {options.Timeout}. Give 1 second to 1 minute (00:00:10).");
            }

            foreach (var text in options.BreakGlass.Where(text => !EmailAddress.TryParse(text, out _)))
            {
                errors.AddError($"AG5311 {Section}:BreakGlass has '{text}', which is no e-mail address. Give the address that the person signs in with.");
            }

            return errors.Build();
        }
    }
}
