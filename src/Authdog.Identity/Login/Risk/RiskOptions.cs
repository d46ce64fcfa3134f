using Authdog.Identity.Passwords.Breaches;
using Authdog.Identity.Tenants;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Login.Risk;

/// <summary>What is done about unusual sign-ins (section <c>Login:Risk</c>). What cannot be known — no database of places is mounted, the account has no history — is not unusual.</summary>
public sealed class RiskOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Login:Risk";

    /// <summary>A browser that the account does not know. Of such a one <c>Accounts:History:NotifyOfNewDevices</c> tells by itself.</summary>
    [PerTenant]
    public RiskTreatment NewDevice { get; set; } = RiskTreatment.None;

    /// <summary>A country where the account was never used.</summary>
    [PerTenant]
    public RiskTreatment NewCountry { get; set; } = RiskTreatment.Notice;

    /// <summary>A place that nobody can have reached since the last sign-in.</summary>
    [PerTenant]
    public RiskTreatment ImpossibleTravel { get; set; } = RiskTreatment.StepUp;

    /// <summary>An address in <see cref="BlockedNetworksFile"/>.</summary>
    [PerTenant]
    public RiskTreatment BlockedAddress { get; set; } = RiskTreatment.Refuse;

    /// <summary>A request that looks like a program's, by <see cref="BotScore"/>.</summary>
    [PerTenant]
    public RiskTreatment LikelyBot { get; set; } = RiskTreatment.None;

    /// <summary>A password that is right and leaked. What becomes of the password itself, and the message about it, is <c>Passwords:Breaches:AtSignIn</c>; here is what becomes of the sign-in, before the password is replaced.</summary>
    [PerTenant]
    public RiskTreatment LeakedPassword { get; set; } = RiskTreatment.None;

    /// <summary>Bot score from which a sign-in looks like a program's. 101: never.</summary>
    public int BotScore { get; set; } = 80;

    /// <summary>File of addresses and CIDR ranges, one a line, <c>#</c> for comments; followed while the gateway runs. Absent: none.</summary>
    public string? BlockedNetworksFile { get; set; }

    /// <summary>Kilometres an hour that somebody can travel; above it a sign-in is from an impossible place. Below 300 km nothing is impossible, since places of addresses are guesses.</summary>
    public int FastestTravel { get; set; } = 1000;

    /// <summary>What is done about a signal.</summary>
    internal RiskTreatment Of(RiskSignal signal) => signal switch
    {
        RiskSignal.NewDevice => NewDevice,
        RiskSignal.NewCountry => NewCountry,
        RiskSignal.ImpossibleTravel => ImpossibleTravel,
        RiskSignal.BlockedAddress => BlockedAddress,
        RiskSignal.LikelyBot => LikelyBot,
        RiskSignal.LeakedPassword => LeakedPassword,
        _ => RiskTreatment.None,
    };

    internal sealed class Validator(IOptions<BreachOptions> breaches) : IValidateOptions<RiskOptions>
    {
        public ValidateOptionsResult Validate(string? name, RiskOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            if (options.BlockedNetworksFile is { } file && NetworkFile.Read(file, out var problem) is null)
            {
                errors.AddError($"AG3801 {Section}:BlockedNetworksFile: {problem} Name a file with one address or CIDR range a line, or leave it out.");
            }

            if (options.FastestTravel is < 100 or > 100_000)
            {
                errors.AddError($"AG3802 {Section}:FastestTravel is {options.FastestTravel}. Give 100 to 100000 (km/h; 1000).");
            }

            if (options.BotScore is < 1 or > 101)
            {
                errors.AddError($"AG3803 {Section}:BotScore is {options.BotScore}. Give 1 to 100 (80), or 101 for never.");
            }

            if (options.LeakedPassword is not RiskTreatment.None && breaches.Value.AtSignIn is LeakedPasswordTreatment.None)
            {
                errors.AddError($"AG3804 {Section}:LeakedPassword is {options.LeakedPassword}, and {BreachOptions.Section}:AtSignIn is None, by which no password is looked up at sign-in. Set AtSignIn to Notice or Replace, or this to None.");
            }

            return errors.Build();
        }
    }
}
