using Microsoft.Extensions.Options;

namespace Authdog.Identity.Admission;

/// <summary>The waiting line for when more people sign in than passwords can be hashed (section <c>Passwords:Admission</c>).</summary>
public sealed class AdmissionOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Passwords:Admission";

    /// <summary>Whether people wait in line; otherwise whoever finds the queue full gets 503.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How long a ticket keeps its place.</summary>
    public TimeSpan TicketLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long somebody who was let in may take to type the password.</summary>
    public TimeSpan AdmittedFor { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>Tickets that one client network can draw within a minute.</summary>
    public int TicketsPerNetwork { get; set; } = 60;

    internal sealed class Validator : IValidateOptions<AdmissionOptions>
    {
        public ValidateOptionsResult Validate(string? name, AdmissionOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            if (options.TicketLifetime < TimeSpan.FromMinutes(1) || options.TicketLifetime > TimeSpan.FromDays(1))
            {
                errors.AddError($"{Section}:TicketLifetime is {options.TicketLifetime}. Give 1 minute to 1 day.");
            }

            if (options.AdmittedFor < TimeSpan.FromSeconds(30) || options.AdmittedFor > TimeSpan.FromMinutes(30))
            {
                errors.AddError($"{Section}:AdmittedFor is {options.AdmittedFor}. Give 30 seconds to 30 minutes.");
            }

            if (options.TicketsPerNetwork is < 1 or > 1_000_000)
            {
                errors.AddError($"{Section}:TicketsPerNetwork is {options.TicketsPerNetwork}. Give 1 to 1000000.");
            }

            return errors.Build();
        }
    }
}
