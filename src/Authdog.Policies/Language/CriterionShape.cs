namespace Authdog.Policies.Language;

/// <summary>What may stand behind a criterion's key.</summary>
internal enum CriterionShape
{
    /// <summary>One value or a list of values, of which any hits.</summary>
    Values,

    /// <summary>Exactly one value.</summary>
    Value,

    /// <summary>A claim: a mapping with <c>name</c> and <c>value</c>, or a list of such mappings.</summary>
    Claims,

    /// <summary>A list of mappings of criteria.</summary>
    Combination,

    /// <summary>A mapping of criteria, or a list of such mappings.</summary>
    Opposite,
}
