using Microsoft.Extensions.Options;

namespace Authdog.Identity.Challenges;

/// <summary>Section <c>BotProtection:Challenges</c>: when people's browsers have to show that no program is at work, and what that costs.</summary>
public sealed class ChallengeOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "BotProtection:Challenges";

    /// <summary>Ceremonies whose forms can be challenged.</summary>
    internal static readonly string[] Ceremonies = ["login", "sign-up", "recovery", "invitation", "join"];

    /// <summary>Whether there are challenges at all. Without them, a policy's <c>challenge: true</c> lets nobody pass.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Ceremonies that always ask for one: <c>login</c>, <c>sign-up</c>, <c>recovery</c>, <c>invitation</c>, <c>join</c>. The others ask while an attack goes on, and by the bot score.</summary>
    public IList<string> Always { get; } = [];

    /// <summary>Bot score from which a ceremony asks for one. 101: never by the score alone.</summary>
    public int ScoreForWork { get; set; } = 90;

    /// <summary>Bot score from which it is the external one, where one is configured (<c>BotProtection:External</c>).</summary>
    public int ScoreForExternal { get; set; } = 97;

    /// <summary>Bot score from which a ceremony is refused. 101: never by the score alone.</summary>
    public int ScoreForRefusal { get; set; } = 101;

    /// <summary>Difficulty of the work in bits; each one more doubles it. 17 take a laptop about a tenth of a second and an old phone one. With the risk it rises by up to 4.</summary>
    public int WorkBits { get; set; } = 17;

    /// <summary>How long a challenge can be solved.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a solved one counts.</summary>
    public TimeSpan PassLifetime { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Forms that one solved challenge is good for while one is asked for.</summary>
    public int FormsPerPass { get; set; } = 20;

    /// <summary>Messages with a code, for those in whose browser no script runs, to one address within an hour.</summary>
    public int MessagesPerAddress { get; set; } = 3;

    /// <summary>Such messages asked for from one client network within an hour.</summary>
    public int MessagesPerNetwork { get; set; } = 20;

    internal sealed class Validator : IValidateOptions<ChallengeOptions>
    {
        public ValidateOptionsResult Validate(string? name, ChallengeOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            foreach (var ceremony in options.Always.Where(ceremony => !Ceremonies.Contains(ceremony, StringComparer.Ordinal)))
            {
                errors.AddError($"{Section}:Always has '{ceremony}'. Choose from {string.Join(", ", Ceremonies)}.");
            }

            foreach (var (key, score) in new[] { ("ScoreForWork", options.ScoreForWork), ("ScoreForExternal", options.ScoreForExternal), ("ScoreForRefusal", options.ScoreForRefusal) })
            {
                if (score is < 1 or > 101)
                {
                    errors.AddError($"{Section}:{key} is {score}. Give 1 to 100, or 101 for never.");
                }
            }

            if (options.ScoreForWork > options.ScoreForExternal || options.ScoreForExternal > options.ScoreForRefusal)
            {
                errors.AddError($"{Section}:ScoreForWork, ScoreForExternal and ScoreForRefusal are {options.ScoreForWork}, {options.ScoreForExternal} and {options.ScoreForRefusal}. Give them in rising order.");
            }

            if (options.WorkBits is < ProofOfWork.MinBits or > ProofOfWork.MaxBits - 4)
            {
                errors.AddError($"{Section}:WorkBits is {options.WorkBits}. Give {ProofOfWork.MinBits} to {ProofOfWork.MaxBits - 4}.");
            }

            if (options.Lifetime < TimeSpan.FromMinutes(1) || options.Lifetime > TimeSpan.FromHours(1))
            {
                errors.AddError($"{Section}:Lifetime is {options.Lifetime}. Give 1 minute to 1 hour.");
            }

            if (options.PassLifetime < TimeSpan.FromMinutes(1) || options.PassLifetime > TimeSpan.FromDays(1))
            {
                errors.AddError($"{Section}:PassLifetime is {options.PassLifetime}. Give 1 minute to 1 day.");
            }

            if (options.FormsPerPass is < 3 or > 1000)
            {
                errors.AddError($"{Section}:FormsPerPass is {options.FormsPerPass}. Give 3 to 1000.");
            }

            if (options.MessagesPerAddress is < 1 or > 100)
            {
                errors.AddError($"{Section}:MessagesPerAddress is {options.MessagesPerAddress}. Give 1 to 100.");
            }

            if (options.MessagesPerNetwork is < 1 or > 100_000)
            {
                errors.AddError($"{Section}:MessagesPerNetwork is {options.MessagesPerNetwork}. Give 1 to 100000.");
            }

            return errors.Build();
        }
    }
}
