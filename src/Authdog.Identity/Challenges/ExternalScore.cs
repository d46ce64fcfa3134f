namespace Authdog.Identity.Challenges;

/// <summary>What a provider's <c>score</c> means.</summary>
internal enum ExternalScore
{
    /// <summary>It gives none.</summary>
    None = 0,

    /// <summary>1 is surely a person.</summary>
    Person,

    /// <summary>1 is surely a program.</summary>
    Risk,
}
