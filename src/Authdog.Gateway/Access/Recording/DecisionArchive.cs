using System.Text.Json;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Access.Recording;

/// <summary>Reads what was recorded, by this node in its files and by all nodes in the shared store.</summary>
internal sealed class DecisionArchive(DecisionFiles files, JournalStore journal, IOptions<RecordingOptions> options)
{
    /// <summary>All records, each once.</summary>
    /// <exception cref="StoreUnavailableException">The shared store is to be read and is away.</exception>
    public async Task<IReadOnlyList<RecordedDecision>> ReadAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, RecordedDecision> found = new(StringComparer.Ordinal);
        foreach (var line in files.Read())
        {
            Add(found, line);
        }

        if (options.Value.MaxShared > 0)
        {
            await foreach (var line in journal.ReadAsync(TenantId.Default, DecisionWriter.Journal, cancellationToken))
            {
                Add(found, line);
            }
        }

        return [.. found.Values.OrderBy(record => record.At)];
    }

    // The last line of a file that is being written may be half: it is whole the next time.
    private static void Add(Dictionary<string, RecordedDecision> found, string line)
    {
        try
        {
            if (JsonSerializer.Deserialize(line, RecordingJson.Default.RecordedDecision) is { } record)
            {
                found.TryAdd(record.Id, record);
            }
        }
        catch (JsonException)
        {
            // Not a record of this version.
        }
    }
}
