using Authdog.Identity.Resolving;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Sso.Domains;

/// <summary>How a tenant proves that a domain is its own (section <c>Sso:Domains</c>).</summary>
public sealed class DomainOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Sso:Domains";

    /// <summary>Name servers that are asked, as address or <c>address:port</c>; empty: those of the machine.</summary>
    public IList<string> Resolvers { get; } = [];

    /// <summary>How long a name server may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How often a verified domain is looked at again.</summary>
    public TimeSpan RecheckInterval { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long the record of a verified domain may be missing before the domain is not the tenant's any more.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromDays(7);

    internal sealed class Validator : IValidateOptions<DomainOptions>
    {
        public ValidateOptionsResult Validate(string? name, DomainOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            for (var i = 0; i < options.Resolvers.Count; i++)
            {
                if (NameServers.Parse(options.Resolvers[i]) is null)
                {
                    errors.AddError($"AG5601 {Section}:Resolvers:{i} is '{options.Resolvers[i]}'. Give the address of a name server, such as 10.0.0.2 or 10.0.0.2:5353.");
                }
            }

            if (options.Timeout <= TimeSpan.Zero || options.Timeout > TimeSpan.FromSeconds(30))
            {
                errors.AddError($"AG5602 {Section}:Timeout is {options.Timeout}. Give up to 30 seconds (00:00:30).");
            }

            if (options.RecheckInterval < TimeSpan.FromMinutes(10) || options.RecheckInterval > TimeSpan.FromDays(30))
            {
                errors.AddError($"AG5603 {Section}:RecheckInterval is {options.RecheckInterval}. Give 10 minutes to 30 days (1.00:00:00).");
            }

            if (options.Grace < TimeSpan.Zero || options.Grace > TimeSpan.FromDays(90))
            {
                errors.AddError($"AG5604 {Section}:Grace is {options.Grace}. Give 0 to 90 days (7.00:00:00).");
            }

            return errors.Build();
        }
    }
}
