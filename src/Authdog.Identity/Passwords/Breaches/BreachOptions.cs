using Microsoft.Extensions.Options;

namespace Authdog.Identity.Passwords.Breaches;

/// <summary>Where passwords are looked up that were leaked elsewhere (section <c>Passwords:Breaches</c>). Nothing by default: neither a file nor a network is needed to start.</summary>
public sealed class BreachOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Passwords:Breaches";

    /// <summary>Filter that <c>breach build</c> made of a downloaded list. Absent: none.</summary>
    public string? FilterFile { get; set; }

    /// <summary>Range service that speaks the protocol of Pwned Passwords, such as https://api.pwnedpasswords.com/range/: it gets the first five hexadecimal digits of a password's SHA-1, and nothing else. Absent: off.</summary>
    public Uri? RangeUrl { get; set; }

    /// <summary>How long the range service may take; after that, and for half a minute, passwords are let through, and an audit event says so.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a password must have been seen by the range service to count.</summary>
    public int LeastCount { get; set; } = 1;

    /// <summary>What becomes of a sign-in whose password is right and leaked: <c>Replace</c> (a new one before anything else, and a message), <c>Notice</c> (a message), <c>None</c>.</summary>
    public LeakedPasswordTreatment AtSignIn { get; set; } = LeakedPasswordTreatment.Replace;

    internal sealed class Validator : IValidateOptions<BreachOptions>
    {
        public ValidateOptionsResult Validate(string? name, BreachOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            if (options.FilterFile is { } file && BreachFilter.TryOpen(file, out var problem) is var filter)
            {
                filter?.Dispose();
                if (problem is not null)
                {
                    errors.AddError($"AG3601 {Section}:FilterFile = '{file}' cannot be used: {problem} Make it with 'breach build LIST --output {file}', or leave it out.");
                }
            }

            if (options.RangeUrl is { } url && (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https") || !url.AbsolutePath.EndsWith('/')))
            {
                errors.AddError($"AG3602 {Section}:RangeUrl is '{url}', to which no five digits can be added. Write it like https://api.pwnedpasswords.com/range/.");
            }

            if (options.Timeout < TimeSpan.FromMilliseconds(100) || options.Timeout > TimeSpan.FromSeconds(30))
            {
                errors.AddError($"AG3603 {Section}:Timeout is {options.Timeout}. Give 0.1 to 30 seconds (00:00:02).");
            }

            if (options.LeastCount is < 1 or > 1_000_000)
            {
                errors.AddError($"AG3604 {Section}:LeastCount is {options.LeastCount}. Give 1 to 1000000.");
            }

            return errors.Build();
        }
    }
}
