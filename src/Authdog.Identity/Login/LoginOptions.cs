using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Login;

/// <summary>How people sign in (section <c>Login</c>).</summary>
public sealed class LoginOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Login";

    /// <summary>Look and languages of the pages.</summary>
    public BrandOptions Brand { get; set; } = new();

    /// <summary>Ways to sign in that are allowed, such as <c>password</c>; empty: every way there is. Second steps are the policy's (section <c>Mfa</c>).</summary>
    [PerTenant]
    public IList<string> Methods { get; } = [];

    /// <summary>Origins besides the gateway's own to which a login may return, such as <c>https://app.example.com</c>.</summary>
    public IList<string> ReturnOrigins { get; } = [];

    /// <summary>How long a begun login can be finished.</summary>
    public TimeSpan TransactionLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Wrong tries at one account within <see cref="AttemptWindow"/> before it has to rest; from a browser that signed in to it before, they are counted apart.</summary>
    public int AttemptsPerAccount { get; set; } = 10;

    /// <summary>Wrong tries from one client network (an IPv4 address, an IPv6 /64) within <see cref="AttemptWindow"/>, at all tenants together.</summary>
    public int AttemptsPerAddress { get; set; } = 100;

    /// <summary>How long tries are remembered.</summary>
    public TimeSpan AttemptWindow { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Whether a way to sign in is allowed.</summary>
    internal bool Allows(string method) => Methods.Count == 0 || Methods.Contains(method, StringComparer.OrdinalIgnoreCase);

    internal sealed class Validator(IEnumerable<LoginMethodName> methods) : IValidateOptions<LoginOptions>
    {
        public ValidateOptionsResult Validate(string? name, LoginOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            foreach (var method in options.Methods.Where(method => !methods.Any(known => known.Name.Equals(method, StringComparison.OrdinalIgnoreCase))))
            {
                errors.AddError($"{Section}:Methods has '{method}'. Choose from {string.Join(", ", methods.Select(known => known.Name).Order(StringComparer.Ordinal))}.");
            }

            foreach (var origin in options.ReturnOrigins.Where(origin => !ReturnUrl.IsOrigin(origin)))
            {
                errors.AddError($"{Section}:ReturnOrigins has '{origin}'. Give scheme, host and port only, such as https://app.example.com.");
            }

            if (options.TransactionLifetime < TimeSpan.FromMinutes(5) || options.TransactionLifetime > TimeSpan.FromDays(1))
            {
                errors.AddError($"{Section}:TransactionLifetime is {options.TransactionLifetime}. Give 5 minutes to 1 day.");
            }

            if (options.AttemptsPerAccount is < 3 or > 100)
            {
                errors.AddError($"{Section}:AttemptsPerAccount is {options.AttemptsPerAccount}. Give 3 to 100 (NIST SP 800-63B-4, section 3.2.2).");
            }

            if (options.AttemptsPerAddress is < 10 or > 100_000)
            {
                errors.AddError($"{Section}:AttemptsPerAddress is {options.AttemptsPerAddress}. Give 10 to 100000.");
            }

            if (options.AttemptWindow < TimeSpan.FromMinutes(1) || options.AttemptWindow > TimeSpan.FromDays(1))
            {
                errors.AddError($"{Section}:AttemptWindow is {options.AttemptWindow}. Give 1 minute to 1 day.");
            }

            return errors.Build();
        }
    }
}
