using Authdog.Gateway.Access.Recording;
using Authdog.Policies.Catalog;

namespace Authdog.Gateway.Commands.PolicyFiles;

/// <summary>Asks two sets of policies what was asked in truth.</summary>
internal static class RecordedDiff
{
    /// <summary>Writes who gains and who loses; the number of changes.</summary>
    public static async Task<int> WriteAsync(PolicySnapshot before, PolicySnapshot after, DecisionSeal seal, IReadOnlyList<RecordedDecision> records, TextWriter output)
    {
        List<(RecordedDecision, RecordedAnswer, RecordedAnswer)> changes = [];
        var (asked, closed, cut) = (0, 0, 0);
        foreach (var record in records)
        {
            if (seal.Open(record) is not { } inputs)
            {
                closed++;
                continue;
            }

            asked++;
            cut += inputs.Cut.Count > 0 ? 1 : 0;
            var question = DecisionSeal.Question(record, inputs);
            changes.Add((record, RecordedAnswer.Of(before.Decide(record.Policy, in question)), RecordedAnswer.Of(after.Decide(record.Policy, in question))));
        }

        var count = 0;
        foreach (var (word, change, same) in RecordedChange.Group(changes))
        {
            count++;
            await output.WriteLineAsync(change.ToText(word, same));
        }

        foreach (var note in Notes(before, after, records, closed, cut))
        {
            await output.WriteLineAsync($"Note: {note}");
        }

        await output.WriteLineAsync(count == 0 ? $"No difference in {asked} recorded decisions." : $"{count} differences in {asked} recorded decisions.");
        return count;
    }

    // Only what a policy asked for was recorded: what the new one asks for besides counts as absent, and that must be said.
    private static IEnumerable<string> Notes(PolicySnapshot before, PolicySnapshot after, IReadOnlyList<RecordedDecision> records, int closed, int cut)
    {
        foreach (var policy in records.Select(record => record.Policy).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (old, young) = (before.Inputs(policy), after.Inputs(policy));
            string[] missing =
            [
                .. young.Headers.Except(old.Headers, StringComparer.OrdinalIgnoreCase).Select(name => $"header {name}"),
                .. young.QueryParameters.Except(old.QueryParameters, StringComparer.Ordinal).Select(name => $"query parameter {name}"),
                .. young.Claims.Except(old.Claims, StringComparer.Ordinal).Select(name => $"claim {name}"),
                .. young.Keywords.Except(old.Keywords, StringComparer.Ordinal).Where(keyword => keyword is "country" or "asn"),
            ];
            if (missing.Length > 0)
            {
                yield return $"'{policy}' asks for {string.Join(", ", missing)} now, which is not in the records: it counts as absent or unknown.";
            }
        }

        if (cut > 0)
        {
            yield return $"of {cut} requests something was too long to be recorded: it counts as absent.";
        }

        if (closed > 0)
        {
            yield return $"{closed} records were made under another master key and cannot be read.";
        }
    }
}
