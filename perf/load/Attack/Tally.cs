using System.Text.Json.Serialization;

namespace Authdog.Attack;

/// <summary>Counts outcomes.</summary>
internal sealed class Tally
{
    [JsonInclude]
    [JsonPropertyName("counts")]
    private int[] _counts = new int[Enum.GetValues<Outcome>().Length];

    public int this[Outcome outcome] => Volatile.Read(ref _counts[(int)outcome]);

    [JsonIgnore]
    public int All => _counts.Sum();

    public void Add(Outcome outcome) => Interlocked.Increment(ref _counts[(int)outcome]);
}
