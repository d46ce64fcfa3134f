using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Mfa.Policies;

/// <summary>Second steps (section <c>Mfa</c>): the rule for everybody, and stricter ones for roles.</summary>
public sealed class MfaOptions : MfaRule
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Mfa";

    /// <summary>Rules by role name. The strictest of all that concern somebody applies.</summary>
    [PerTenant]
    public IDictionary<string, MfaRule> Roles { get; } = new Dictionary<string, MfaRule>(StringComparer.OrdinalIgnoreCase);

    internal sealed class Validator : IValidateOptions<MfaOptions>
    {
        public ValidateOptionsResult Validate(string? name, MfaOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            options.AddErrors(errors, Section);
            foreach (var (role, rule) in options.Roles)
            {
                if (!Role.IsName(role))
                {
                    errors.AddError($"{Section}:Roles has '{role}', which cannot be a role's name. Give 1 to 64 letters, digits and - _ . : /.");
                }

                rule.AddErrors(errors, $"{Section}:Roles:{role}");
            }

            return errors.Build();
        }
    }
}
