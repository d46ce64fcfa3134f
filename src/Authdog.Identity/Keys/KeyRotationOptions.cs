using Microsoft.Extensions.Options;

namespace Authdog.Identity.Keys;

/// <summary>When signing keys change.</summary>
public sealed class KeyRotationOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Gateway:Keys";

    /// <summary>How long a key signs before the next one is made.</summary>
    public TimeSpan MaximumAge { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long a new key is published before it signs: longer than any verifier keeps the JWKS, and than nodes need to learn of it.</summary>
    public TimeSpan Announce { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a key stays published after its successor began to sign: longer than anything it signed is valid.</summary>
    public TimeSpan Overlap { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How often each node looks for new keys.</summary>
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(30);

    internal sealed class Validator : IValidateOptions<KeyRotationOptions>
    {
        public ValidateOptionsResult Validate(string? name, KeyRotationOptions options)
        {
            List<string> errors = [];
            Require(errors, nameof(RefreshInterval), options.RefreshInterval, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), "Use 00:00:30.");
            Require(errors, nameof(Announce), options.Announce, 4 * options.RefreshInterval, TimeSpan.FromDays(7), "It is at least four times RefreshInterval. Use 00:10:00.");
            Require(errors, nameof(Overlap), options.Overlap, TimeSpan.FromMinutes(10), TimeSpan.FromDays(30), "Assertions live up to 5 minutes, and verifiers keep the JWKS as long. Use 00:30:00.");
            Require(errors, nameof(MaximumAge), options.MaximumAge, options.Announce + options.Overlap, TimeSpan.FromDays(3650), "It is longer than Announce and Overlap together. Use 90.00:00:00.");
            return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
        }

        private static void Require(List<string> errors, string key, TimeSpan value, TimeSpan least, TimeSpan most, string cure)
        {
            if (value < least || value > most)
            {
                errors.Add($"{Section}:{key} = '{value}' is not between {least} and {most}. {cure}");
            }
        }
    }
}
