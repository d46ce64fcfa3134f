namespace Authdog.Policies.Criteria;

/// <summary>What a criterion about a person says while nobody is signed in.</summary>
internal enum AbsentPerson
{
    /// <summary>It misses, wherever it stands: the person is nobody.</summary>
    Misses = 0,

    /// <summary>The person may turn out to be anybody: assume the answer that makes the whole least likely to hit.</summary>
    PullsToMiss,

    /// <summary>The person may turn out to be anybody: assume the answer that makes the whole most likely to hit.</summary>
    PullsToHit,
}
