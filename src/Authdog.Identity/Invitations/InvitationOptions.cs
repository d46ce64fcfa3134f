using Authdog.Identity.Tenants;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Invitations;

/// <summary>How people are asked to join (section <c>Accounts:Invitations</c>).</summary>
public sealed class InvitationOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Accounts:Invitations";

    /// <summary>Longest life of an invitation.</summary>
    internal static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(90);

    /// <summary>Shortest life of an invitation.</summary>
    internal static readonly TimeSpan MinLifetime = TimeSpan.FromHours(1);

    /// <summary>How long an invitation works when it says nothing else.</summary>
    [PerTenant]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Invitations to one address within an hour.</summary>
    public int MessagesPerAddress { get; set; } = 5;

    /// <summary>Whether strangers can ask to join, for an administrator to decide.</summary>
    [PerTenant]
    public bool JoinRequests { get; set; }

    /// <summary>Requests to join from one client network within an hour.</summary>
    public int RequestsPerNetwork { get; set; } = 20;

    internal sealed class Validator : IValidateOptions<InvitationOptions>
    {
        public ValidateOptionsResult Validate(string? name, InvitationOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            if (options.Lifetime < MinLifetime || options.Lifetime > MaxLifetime)
            {
                errors.AddError($"{Section}:Lifetime is {options.Lifetime}. Give 1 hour to 90 days (7.00:00:00).");
            }

            if (options.MessagesPerAddress is < 1 or > 100)
            {
                errors.AddError($"{Section}:MessagesPerAddress is {options.MessagesPerAddress}. Give 1 to 100.");
            }

            if (options.RequestsPerNetwork is < 1 or > 100_000)
            {
                errors.AddError($"{Section}:RequestsPerNetwork is {options.RequestsPerNetwork}. Give 1 to 100000.");
            }

            return errors.Build();
        }
    }
}
