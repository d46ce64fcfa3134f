namespace Authdog.Policies.Criteria;

/// <summary>What judging a criterion costs, cheapest first.</summary>
internal enum Cost
{
    /// <summary>A comparison of short texts or numbers.</summary>
    Comparison = 0,

    /// <summary>A search, or patterns.</summary>
    Search,

    /// <summary>A regular expression.</summary>
    Expression,

    /// <summary>Something that is computed only when asked for.</summary>
    Lookup,
}
