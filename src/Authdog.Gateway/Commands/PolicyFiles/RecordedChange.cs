using System.Globalization;
using Authdog.Gateway.Access.Recording;
using Authdog.Policies.Decisions;
using Authdog.Policies.Explanation;

namespace Authdog.Gateway.Commands.PolicyFiles;

/// <summary>Recorded requests of one route that one change of rules treats differently in the same way.</summary>
/// <param name="Policy">Name of the policy.</param>
/// <param name="Route">Id of the route.</param>
/// <param name="Was">What was decided, and by which rule.</param>
/// <param name="Becomes">What would be.</param>
internal sealed record RecordedChange(string Policy, string Route, RecordedAnswer Was, RecordedAnswer Becomes)
{
    private const int Examples = 3;

    /// <summary>One paragraph for a terminal: who, what, how many, and ids that <c>policy explain --decision</c> knows.</summary>
    public string ToText(string word, IReadOnlyCollection<RecordedDecision> records)
    {
        var people = records.Select(record => record.Person).OfType<string>().Distinct(StringComparer.Ordinal).Count();
        var strangers = records.Count(record => record.Person is null);
        var requests = records.Sum(record => record.Weight);
        var count = string.Create(CultureInfo.InvariantCulture, $"{records.Count} recorded");
        if (requests > records.Count + 0.5)
        {
            count += string.Create(CultureInfo.InvariantCulture, $" (for about {requests:0})");
        }

        var who = string.Create(CultureInfo.InvariantCulture, $"{people} {(people == 1 ? "person" : "people")}{(strangers > 0 ? ", and nobody signed in" : "")}");
        var ids = records.Reverse().Take(Examples).Select(record => $"{record.Id} ({record.Method}{(record.Person is { } person ? $", person {person}" : "")})");
        return $"{word,-8} {Policy}, route {Route}: {Text(Was)} -> {Text(Becomes)}: {count}, {who}\n         such as {string.Join(", ", ids)}";
    }

    /// <summary>The changes with their records, those that touch most requests first.</summary>
    public static IEnumerable<(string Word, RecordedChange Change, IReadOnlyCollection<RecordedDecision> Records)> Group(
        IEnumerable<(RecordedDecision Record, RecordedAnswer Was, RecordedAnswer Becomes)> changes) =>
        from change in changes
        let word = Changed.Word(change.Was.Outcome, change.Becomes.Outcome)
        where word is not null
        group change.Record by (word, Change: new RecordedChange(change.Record.Policy, change.Record.Route, change.Was, change.Becomes)) into same
        orderby same.Key.word descending, same.Sum(record => record.Weight) descending
        select (same.Key.word, same.Key.Change, (IReadOnlyCollection<RecordedDecision>)[.. same]);

    private static string Text(RecordedAnswer answer) => answer.Rule is { } rule ? $"{Vocabulary.Word(answer.Outcome)} by \"{rule}\"" : $"{Vocabulary.Word(answer.Outcome)} ({Vocabulary.Word(answer.Reason)})";
}
