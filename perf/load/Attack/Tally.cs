namespace Authdog.Attack;

/// <summary>Counts outcomes.</summary>
internal sealed class Tally
{
    private readonly int[] _counts = new int[Enum.GetValues<Outcome>().Length];

    public int this[Outcome outcome] => Volatile.Read(ref _counts[(int)outcome]);

    public int All => _counts.Sum();

    public void Add(Outcome outcome) => Interlocked.Increment(ref _counts[(int)outcome]);

    public string Share(Outcome outcome) => All == 0 ? "–" : FormattableString.Invariant($"{100.0 * this[outcome] / All:0.0} %");
}
