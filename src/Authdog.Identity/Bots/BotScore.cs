using System.Collections.Immutable;
using System.Globalization;

namespace Authdog.Identity.Bots;

/// <summary>How likely a request comes from a program, and why. Kept on <c>HttpContext.Features</c> once it was asked for.</summary>
/// <param name="Value">0 is surely a person, 100 surely a program.</param>
/// <param name="Signals">What it was made of, the heaviest first.</param>
public sealed record BotScore(int Value, ImmutableArray<BotSignal> Signals)
{
    /// <summary>Nothing speaks for a program.</summary>
    public static BotScore None { get; } = new(0, []);

    /// <summary>Puts signals together as independent evidence: two weak ones make one of middling strength, and none makes it more than sure.</summary>
    public static BotScore Of(IEnumerable<BotSignal> signals)
    {
        ImmutableArray<BotSignal> known = [.. signals.Where(static signal => signal.Weight != 0).OrderByDescending(static signal => Math.Abs(signal.Weight)).ThenBy(static signal => signal.Name, StringComparer.Ordinal)];
        double person = 1, relief = 1;
        foreach (var signal in known)
        {
            if (signal.Weight > 0)
            {
                person *= 1 - (Math.Min(signal.Weight, 100) / 100d);
            }
            else
            {
                relief *= 1 + (Math.Max(signal.Weight, -100) / 100d);
            }
        }

        return known.IsEmpty ? None : new BotScore((int)Math.Round((1 - person) * relief * 100, MidpointRounding.AwayFromZero), known);
    }

    /// <summary>The score with further signals.</summary>
    public BotScore With(params IReadOnlyList<BotSignal> more) => more.Count == 0 ? this : Of(Signals.Concat(more));

    /// <summary>The signals as one line, such as <c>declared-crawler 70, no-language 30</c>.</summary>
    public string Describe() => string.Join(", ", Signals.Select(static signal => string.Create(CultureInfo.InvariantCulture, $"{signal.Name} {signal.Weight}")));
}
