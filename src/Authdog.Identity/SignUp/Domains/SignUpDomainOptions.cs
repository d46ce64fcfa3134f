using Authdog.Identity.Resolving;
using Authdog.Identity.Tenants;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.SignUp.Domains;

/// <summary>From which e-mail domains people may sign up by themselves (section <c>SignUp:Domains</c>).</summary>
public sealed class SignUpDomainOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "SignUp:Domains";

    /// <summary>Whether addresses of providers that give them away for minutes are refused. The list came with the program; <c>signup domains update</c> replaces it.</summary>
    [PerTenant]
    public bool RefuseDisposable { get; set; }

    /// <summary>Whether addresses are refused whose domain has no mail server in the DNS. When that cannot be learnt, they are let through.</summary>
    [PerTenant]
    public bool RequireMailServer { get; set; }

    /// <summary>Whether addresses that are probably of one mailbox (<c>ada+shop@…</c>) count as one: a second account is answered like a taken address.</summary>
    [PerTenant]
    public bool FoldPlusAddresses { get; set; }

    /// <summary>Name servers that are asked, as address or <c>address:port</c>; empty: those of the machine.</summary>
    public IList<string> Resolvers { get; } = [];

    /// <summary>How long a name server may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);

    internal sealed class Validator : IValidateOptions<SignUpDomainOptions>
    {
        public ValidateOptionsResult Validate(string? name, SignUpDomainOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            for (var i = 0; i < options.Resolvers.Count; i++)
            {
                if (NameServers.Parse(options.Resolvers[i]) is null)
                {
                    errors.AddError($"AG3701 {Section}:Resolvers:{i} is '{options.Resolvers[i]}'. Give the address of a name server, such as 10.0.0.2 or 10.0.0.2:5353.");
                }
            }

            if (options.Timeout < TimeSpan.FromMilliseconds(100) || options.Timeout > TimeSpan.FromSeconds(10))
            {
                errors.AddError($"AG3702 {Section}:Timeout is {options.Timeout}. Give 0.1 to 10 seconds (00:00:02).");
            }

            return errors.Build();
        }
    }
}
