using Authdog.Identity.Tenants;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Passwords;

/// <summary>Rules for passwords and the cost of hashing them.</summary>
public sealed class PasswordOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Passwords";

    /// <summary>Least length in characters (code points) where a second factor is asked for too.</summary>
    [PerTenant]
    public int MinimumLength { get; set; } = 8;

    /// <summary>Least length where the password is the only factor (NIST SP 800-63B-4: 15).</summary>
    [PerTenant]
    public int MinimumLengthAsOnlyFactor { get; set; } = 15;

    /// <summary>Greatest length.</summary>
    public int MaximumLength { get; set; } = 256;

    /// <summary>Argon2id's memory in KiB.</summary>
    public int MemoryKiB { get; set; } = 19456;

    /// <summary>Argon2id's passes.</summary>
    public int Iterations { get; set; } = 2;

    /// <summary>Threads that hash, at low priority; 0: one for each processor.</summary>
    public int HashingThreads { get; set; }

    /// <summary>Passwords that may wait for a thread; for one more its person waits in line (<c>Passwords:Admission</c>).</summary>
    public int QueueLength { get; set; } = 64;

    /// <summary>File of further refused passwords, one a line. They add to the built-in list.</summary>
    public string? BlocklistFile { get; set; }

    internal sealed class Validator : IValidateOptions<PasswordOptions>
    {
        // OWASP's equivalents of m = 19 MiB, t = 2, p = 1: with more passes, less memory will do.
        private static readonly (int Iterations, int MemoryKiB)[] s_least = [(1, 47104), (2, 19456), (3, 12288), (4, 9216), (5, 7168)];

        public ValidateOptionsResult Validate(string? name, PasswordOptions options)
        {
            List<string> errors = [];
            Require(errors, nameof(MinimumLength), options.MinimumLength, 8, 64);
            Require(errors, nameof(MinimumLengthAsOnlyFactor), options.MinimumLengthAsOnlyFactor, 8, 64);
            Require(errors, nameof(MaximumLength), options.MaximumLength, 128, 1024);
            Require(errors, nameof(Iterations), options.Iterations, 1, Argon2Phc.MaxIterations);
            Require(errors, nameof(HashingThreads), options.HashingThreads, 0, 64);
            Require(errors, nameof(QueueLength), options.QueueLength, 1, 10_000);

            var least = s_least.LastOrDefault(pair => pair.Iterations <= options.Iterations, s_least[0]).MemoryKiB;
            if (options.MemoryKiB < least || options.MemoryKiB > Argon2Phc.MaxMemoryKiB)
            {
                errors.Add($"{Section}:MemoryKiB = {options.MemoryKiB} is not between {least} and {Argon2Phc.MaxMemoryKiB}; with {options.Iterations} passes, less is weaker than OWASP's minimum. Use 19456 with 2 passes.");
            }

            if (options.BlocklistFile is { } file && !File.Exists(file))
            {
                errors.Add($"{Section}:BlocklistFile = '{file}' is no file. Name one, or leave it out to use the built-in list alone.");
            }

            return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
        }

        private static void Require(List<string> errors, string key, int value, int least, int most)
        {
            if (value < least || value > most)
            {
                errors.Add($"{Section}:{key} = {value} is not between {least} and {most}. Use a number in between.");
            }
        }
    }
}
